import type { CellError } from '../notebook/notebook.js';

const evalue = 'The cell was interrupted.';

/** What an interrupted cell ends with; its name is the one that front ends know. */
export const interruption: CellError = {
  ename: 'KeyboardInterrupt',
  evalue,
  traceback: [evalue],
};
