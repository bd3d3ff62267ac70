import { textOf, type CodeCell, type Notebook } from '../notebook/notebook.js';
import { OutputCollector } from './output-collector.js';
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
  const collector = new OutputCollector();
  try {
    for (const [i, cell] of cells.entries()) {
      await onCell?.(i + 1, cells.length);
      collector.startCell();
      const status = await session.execute(textOf(cell.source), {
        timeoutSeconds: cellTimeout,
        onOutput: (message) => {
          collector.add(message);
        },
      });
      cell.execution_count = i + 1;
      cell.outputs = collector.outputs;
      if (status === 'dead' || (status === 'error' && !allowErrors)) break;
    }
  } finally {
    session.close();
  }
  return executed;
}
