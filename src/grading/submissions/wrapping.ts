import { platformsOwner } from './learner-name.js';
import type { FoundNotebook } from './read-submission.js';

/**
 * Leaves out what all paths begin with, where that is no learner's: a platform's archive in a folder
 * of its own, or such an archive that was packed anew with a folder around it. Among other files, an
 * archive is a learner's, who may have put any names into it.
 */
export function withoutWrapping(found: readonly FoundNotebook[]): readonly FoundNotebook[] {
  const [outermost, ...others] = new Set(found.map(({ path }) => path.split('/')[0] ?? ''));
  const isWrapping =
    outermost !== undefined &&
    others.length === 0 &&
    platformsOwner(outermost) === undefined &&
    isOfSeveral(found);
  return isWrapping ? found.map((one) => ({ ...one, path: below(one.path) })) : found;
}

/**
 * Leaves out a folder of the archive's or folder's own name, where several things are in it: so pack
 * and unpack Windows and macOS.
 */
export function withoutOwnName(found: readonly FoundNotebook[], name: string): FoundNotebook[] {
  const isWrapping = found.every(({ path }) => path.startsWith(`${name}/`));
  const several = new Set(found.map(({ path }) => below(path).split('/')[0])).size > 1;
  return found.map((one) => (isWrapping && several ? { ...one, path: below(one.path) } : one));
}

/** Whether everything below the outermost step is named as a platform does, for several learners. */
export function isOfSeveral(found: readonly FoundNotebook[]): boolean {
  const owners = found.map(({ path }) => platformsOwner(below(path).split('/')[0] ?? ''));
  return !owners.includes(undefined) && new Set(owners.map((owner) => owner?.id)).size > 1;
}

function below(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}
