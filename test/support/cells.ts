import assert from 'node:assert/strict';
import { runNotebook, type RunOptions } from '../../dist/kernel/run-notebook.js';
import type { CodeCell, ErrorOutput, Output } from '../../dist/notebook/notebook.js';

/** Runs cells in one notebook, going on after errors; gives each cell's outputs. */
export async function runCells(
  sources: readonly string[],
  options: Partial<RunOptions> = {},
): Promise<Output[][]> {
  const notebook = await runNotebook(
    {
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: sources.map((source, i) => ({
        cell_type: 'code',
        id: `cell-${i}`,
        metadata: {},
        source,
        execution_count: null,
        outputs: [],
      })),
    },
    { cwd: process.cwd(), cellTimeout: 60, allowErrors: true, ...options },
  );
  return notebook.cells.map((cell) => (cell as CodeCell).outputs);
}

/** The results in words; of a cell that failed, its error. */
export async function resultsOf(
  sources: readonly string[],
  options: Partial<RunOptions> = {},
): Promise<(string | undefined)[]> {
  return (await runCells(sources, options)).map((outputs) => {
    const last = outputs.at(-1);
    if (last?.output_type === 'error') return `${last.ename}: ${last.evalue}`;
    if (last?.output_type === 'execute_result') return last.data['text/plain'] as string;
    return undefined;
  });
}

export function errorOf(outputs: readonly Output[] | undefined): ErrorOutput {
  const error = outputs?.find((output) => output.output_type === 'error');
  assert.ok(error, 'the cell has no error');
  return error;
}
