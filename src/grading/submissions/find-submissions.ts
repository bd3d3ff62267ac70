import { readLessons } from '../../lessons/catalogue.js';
import type { Lesson } from '../../lessons/lesson.js';
import { lastOf, nothingOf, type Counted } from './last-of.js';
import { ownerOf, type Owner } from './learner-name.js';
import { notebooksAt } from './notebooks-at.js';
import type { FoundNotebook } from './read-submission.js';
import { isOfSeveral, withoutWrapping } from './wrapping.js';

/** What one learner has handed in. */
export interface Submission extends Owner, Counted {}

/**
 * Reads what learners have handed in: a notebook each, a folder each, nbgrader's `submitted/`, or a
 * zip archive from a learning platform.
 *
 * @throws Error in a sentence, if there is nothing, or it cannot be read
 */
export async function findSubmissions(path: string, lesson: Lesson): Promise<Submission[]> {
  const found = await notebooksAt(path);
  if (found.length === 0) {
    throw new Error(
      `There is no notebook in "${path}". Give a folder with one .ipynb, or one folder, for each learner; or a zip from Moodle or Canvas.`,
    );
  }
  const notebooks = await withoutOtherLessons(withoutWrapping(found), lesson);
  if (notebooks.length === 0) {
    throw new Error(
      `"${path}" has notebooks, but only in folders of other lessons. Put those of this one into folders named ${lesson.slug}, or name another lesson with --assignment.`,
    );
  }
  const byOwner = new Map<string, { owner: Owner; notebooks: FoundNotebook[] }>();
  for (const notebook of notebooks) {
    const owner = ownerOf(notebook.path, lesson.slug);
    const key = JSON.stringify([owner.learner, owner.id]);
    const entry = byOwner.get(key) ?? { owner, notebooks: [] };
    entry.notebooks.push(notebook);
    byOwner.set(key, entry);
  }
  const all = [...byOwner.values()];
  const names = toldApart(all.map(({ owner }) => owner));
  return all
    .map(({ owner, notebooks: own }, i) => ({
      ...owner,
      learner: names[i] ?? owner.learner,
      ...counted(owner, own, lesson),
    }))
    .sort((one, other) => (one.learner < other.learner ? -1 : 1));
}

/** Where nbgrader, or a teacher, keeps several assignments side by side, only this one. */
async function withoutOtherLessons(
  notebooks: readonly FoundNotebook[],
  { slug }: Lesson,
): Promise<readonly FoundNotebook[]> {
  const slugs = new Set([slug, ...(await readLessons()).map((lesson) => lesson.slug)]);
  return notebooks.filter(({ path }) => {
    const folders = path.split('/').slice(0, -1);
    const innermost = folders.filter((step) => slugs.has(step)).at(-1) ?? slug;
    return innermost === slug;
  });
}

/** Names that are each one learner's; none has a slash of its own. */
function toldApart(owners: readonly Owner[]): string[] {
  const counts = new Map<string, number>();
  for (const { learner } of owners) counts.set(learner, (counts.get(learner) ?? 0) + 1);
  return owners.map(({ learner, id }) =>
    id !== undefined && (counts.get(learner) ?? 0) > 1 ? `${learner} / ${id}` : learner,
  );
}

/** One of several in an archive could be taken for this learner's, or could be forged. */
function counted(
  { learner, id }: Owner,
  notebooks: readonly FoundNotebook[],
  lesson: Lesson,
): Counted {
  if (id === undefined && isOfSeveral(notebooks)) {
    return nothingOf(
      `“${learner}” holds notebooks of several learners, as from Moodle or Canvas, but lies among other files, so anybody could have named them. If it comes from the platform, mark it on its own.`,
    );
  }
  return lastOf(notebooks, lesson);
}
