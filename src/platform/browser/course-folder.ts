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

/** @throws TypeError in a worker that does not know its page. */
export function courseFolder(): URL {
  return folder ?? new URL('course/', base());
}

/** Of the page; of a worker, its script. */
function base(): string {
  return typeof document === 'undefined' ? location.href : document.baseURI;
}
