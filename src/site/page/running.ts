// Which cell runs. In the browser a cell that uses up all memory takes the whole page with it: the
// next page says so.

const prefix = 'inception-lab:running:';

/** @param cell its name; `undefined` when it has ended, or the page is left */
export function noteRunning(lesson: string, cell: string | undefined): void {
  try {
    if (cell === undefined) sessionStorage.removeItem(prefix + lesson);
    else sessionStorage.setItem(prefix + lesson, cell);
  } catch {
    // A page that keeps nothing cannot tell the next one.
  }
}

/** The cell during which this tab's last page of the lesson broke down, if it did; told once. */
export function takeBrokenRun(lesson: string): string | undefined {
  try {
    const cell = sessionStorage.getItem(prefix + lesson) ?? undefined;
    noteRunning(lesson, undefined);
    return cell;
  } catch {
    return undefined;
  }
}
