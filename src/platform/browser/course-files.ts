import type { Platform } from '../platform.js';

let folder: URL | undefined;

/**
 * Says where a web server has the course's own files: the photographs, and the trained network with
 * its weights. Without it they are looked for in a folder `course` beside the page.
 *
 *     courseFilesAt('/static/course/');
 */
export function courseFilesAt(url: string | URL): void {
  folder = new URL(String(url).replace(/\/*$/, '/'), base());
}

/** @throws Error that says what to do, in a worker that does not know its page. */
export const courseFile: Platform['courseFile'] = ({ name }) => {
  try {
    return new URL(name, folder ?? new URL('course/', base()));
  } catch (error) {
    throw new Error(
      `Where "${name}" is, nobody knows here: say it with courseFilesAt('https://…/course/').`,
      { cause: error },
    );
  }
};

/** Of the page; of a worker, its script. */
function base(): string {
  return typeof document === 'undefined' ? location.href : document.baseURI;
}
