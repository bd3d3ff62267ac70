import { createHash } from 'node:crypto';
import type { Lesson } from '../../lessons/lesson.js';
import type { AnswerCell } from '../compile/prepared-lesson.js';
import { matchCells } from './match-cells.js';
import { readSubmission, type FoundNotebook } from './read-submission.js';

/** What counts of one learner's notebooks. */
export interface Counted {
  /** Of its bytes, or of its problem: whether it has been marked already. */
  readonly hash: string;
  readonly cells: readonly AnswerCell[];
  /** Why nothing of it can be marked, as a sentence. */
  readonly problem?: string;
}

/**
 * Of several notebooks of one learner the last that is of this lesson: first of those in the lesson's
 * folder, as nbgrader has it, then of all others.
 */
export function lastOf(notebooks: readonly FoundNotebook[], lesson: Lesson): Counted {
  const isInFolder = ({ path }: FoundNotebook) => path.split('/').at(-2) === lesson.slug;
  const lastFirst = [...notebooks].sort(
    (one, other) =>
      Number(isInFolder(other)) - Number(isInFolder(one)) || compare(other.path, one.path),
  );
  const problems: string[] = [];
  for (const found of lastFirst) {
    try {
      if ('problem' in found) throw new Error(found.problem);
      const { bytes } = found;
      return { hash: hashOf(bytes), cells: matchCells(lesson, readSubmission(bytes)) };
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  return nothingOf(problems[0] ?? 'There is no notebook.');
}

/** What cannot be marked. */
export function nothingOf(problem: string): Counted {
  return { hash: hashOf(problem), cells: [], problem };
}

function hashOf(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * Step by step and without endings, as a person counts: `-2` before `-10`, and `unit.ipynb` before the
 * `unit-1.ipynb` or `unit (1).ipynb` that was handed in again.
 */
function compare(one: string, other: string): number {
  const [mine, theirs] = [stepsOf(one), stepsOf(other)];
  for (const [i, step] of mine.entries()) {
    const order = step.localeCompare(theirs[i] ?? '', 'en', { numeric: true });
    if (order !== 0) return order;
  }
  return mine.length - theirs.length;
}

function stepsOf(path: string): string[] {
  return path.split('/').map((step) => step.replace(/\.(ipynb|zip)$/i, ''));
}
