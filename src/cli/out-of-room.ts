/** What the system says of a disk, a quota or a limit on files that is reached. */
const codes = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** What to do then. */
export const makeRoom =
  'What is done so far is kept. Make room or give another --results folder, and run the study again: it goes on.';

/** Whether there was no room to write, by an error or by what caused it. */
export function isOutOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return codes.includes((error as NodeJS.ErrnoException).code ?? '') || isOutOfRoom(error.cause);
}
