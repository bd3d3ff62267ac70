import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Lesson } from '../../lessons/lesson.js';
import type { AnswerCell } from '../compile/prepared-lesson.js';
import { ownerOf } from './learner-name.js';
import { matchCells } from './match-cells.js';
import { mostNotebook, readSubmission, type FoundNotebook } from './read-submission.js';
import { notebooksInZip } from './zip.js';

/** What one learner has handed in. */
export interface Submission {
  readonly learner: string;
  readonly id?: string;
  /** Of its bytes: whether it has been marked already. */
  readonly hash: string;
  readonly cells: readonly AnswerCell[];
  /** Why nothing of it can be marked, as a sentence. */
  readonly problem?: string;
}

/** Folders that no learner has handed in. */
const ignored = new Set(['.ipynb_checkpoints', 'node_modules', '__MACOSX', '.git']);

/**
 * Reads what learners have handed in: a notebook each, a folder each, nbgrader's `submitted/`, or a
 * zip archive from a learning platform.
 *
 * @throws Error in a sentence, if there is nothing, or it cannot be read
 */
export async function findSubmissions(path: string, lesson: Lesson): Promise<Submission[]> {
  const notebooks = ofAssignment(await notebooksAt(path), lesson.slug);
  const byLearner = new Map<string, { id?: string; notebooks: FoundNotebook[] }>();
  for (const notebook of notebooks) {
    const { learner, id } = ownerOf(notebook.path, lesson.slug);
    const entry = byLearner.get(learner) ?? { ...(id !== undefined && { id }), notebooks: [] };
    entry.notebooks.push(notebook);
    byLearner.set(learner, entry);
  }
  if (byLearner.size === 0) {
    throw new Error(
      `There is no notebook in "${path}". Give a folder with one .ipynb, or one folder, for each learner; or a zip from Moodle or Canvas.`,
    );
  }
  return [...byLearner]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([learner, { id, notebooks: own }]) => ({
      learner,
      ...(id !== undefined && { id }),
      ...chosen(own, lesson),
    }));
}

/** Where nbgrader keeps several assignments side by side, only this one. */
function ofAssignment(notebooks: readonly FoundNotebook[], slug: string): readonly FoundNotebook[] {
  const own = notebooks.filter(({ path }) => path.split('/').at(-2) === slug);
  return own.length > 0 ? own : notebooks;
}

/** Of several notebooks of one learner the last that is of this lesson. */
function chosen(
  notebooks: readonly FoundNotebook[],
  lesson: Lesson,
): Pick<Submission, 'hash' | 'cells' | 'problem'> {
  const inOrder = [...notebooks].sort((one, other) => compare(one.path, other.path)).reverse();
  let problem = '';
  for (const { bytes } of inOrder) {
    try {
      return { hash: hashOf(bytes), cells: matchCells(lesson, readSubmission(bytes)) };
    } catch (error) {
      problem = (error as Error).message;
    }
  }
  const [last] = inOrder;
  return { hash: hashOf(last?.bytes ?? new Uint8Array()), cells: [], problem };
}

async function notebooksAt(path: string): Promise<FoundNotebook[]> {
  const info = await stat(path).catch(() => {
    throw new Error(`There is no "${path}". Give the folder or zip with what learners handed in.`);
  });
  if (info.isFile()) {
    if (/\.zip$/i.test(path)) return notebooksInZip(path);
    return [{ path: path.split(sep).at(-1) ?? path, bytes: await readFile(path) }];
  }
  const found: FoundNotebook[] = [];
  for (const file of await filesBelow(path)) {
    const name = relative(path, file).split(sep).join('/');
    if (/\.zip$/i.test(file)) {
      const inside = await notebooksInZip(file);
      // A learner's own archive, or the platform's.
      const base = name.replace(/\.zip$/i, '');
      found.push(...inside.map((one) => ({ ...one, path: `${base}/${one.path}` })));
    } else {
      const { size } = await stat(file);
      const bytes = size > mostNotebook ? new Uint8Array(mostNotebook + 1) : await readFile(file);
      found.push({ path: name, bytes });
    }
  }
  return found;
}

/** Links are not followed: they could lead anywhere. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return ignored.has(entry.name) ? [] : filesBelow(path);
      return entry.isFile() && /\.(ipynb|zip)$/i.test(entry.name) ? [path] : [];
    }),
  );
  return found.flat();
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** As a person counts: `-2` before `-10`. */
function compare(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}
