import { textOf, type CodeCell, type Notebook } from '../notebook/notebook.js';
import { Session, type SessionOptions } from './session.js';

export interface RunOptions extends SessionOptions {
  /** How long one cell may take, in seconds. */
  readonly cellTimeout: number;
  /** Go on after a cell that failed, as long as its process lives. Default: `false`. */
  readonly allowErrors?: boolean;
  /** Called, and waited for, before each code cell: its number, from 1, and how many there are. */
  readonly onCell?: (cell: number, cells: number) => void | Promise<void>;
}

/**
 * Executes a notebook's code cells in a process of their own.
 *
 * @returns the notebook with outputs; after an error, the cells that were not run have none.
 */
export async function runNotebook(
  notebook: Notebook,
  { cellTimeout, allowErrors = false, onCell, ...options }: RunOptions,
): Promise<Notebook> {
  const executed = structuredClone(notebook);
  const cells = executed.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
  for (const cell of cells) Object.assign(cell, { execution_count: null, outputs: [] });

  const session = new Session(options);
  try {
    for (const [i, cell] of cells.entries()) {
      await onCell?.(i + 1, cells.length);
      const { status, outputs } = await session.execute(textOf(cell.source), cellTimeout);
      cell.execution_count = i + 1;
      cell.outputs = outputs;
      if (status === 'dead' || (status === 'error' && !allowErrors)) break;
    }
  } finally {
    session.close();
  }
  return executed;
}
