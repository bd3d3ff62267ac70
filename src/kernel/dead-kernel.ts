import type { CellError } from '../notebook/notebook.js';

/** What a cell ends with when all variables are lost with it. */
export function deadKernel(evalue: string, lastWords: readonly string[] = []): CellError {
  return { ename: 'DeadKernel', evalue, traceback: [evalue, ...lastWords] };
}
