import { basename, dirname, join } from 'node:path';
import { runNotebook } from '../kernel/run-notebook.js';
import { readNotebook, writeNotebook } from '../notebook/files.js';
import { firstError } from '../notebook/notebook.js';
import { showProgress } from './progress.js';
import { cellEnvironment, type RunFlags } from './run.js';

/**
 * Runs notebooks of the user's own, each in its folder, and writes them with their outputs.
 *
 * @returns whether all cells ran without an error
 * @throws Error if a file is no notebook, before any is run.
 */
export async function runFiles(paths: readonly string[], flags: RunFlags): Promise<boolean> {
  const notebooks = await Promise.all(paths.map(readNotebook));
  let succeeded = true;
  for (const [i, path] of paths.entries()) {
    const notebook = notebooks[i];
    if (!notebook) continue;
    const progress = showProgress(basename(path));
    const executed = await runNotebook(notebook, {
      cwd: dirname(path),
      env: cellEnvironment(flags),
      cellTimeout: flags.cellTimeout,
      allowErrors: flags.allowErrors,
      onCell: progress.cell,
    });
    progress.end();
    const target = join(flags.output, 'notebooks', basename(path));
    await writeNotebook(target, executed);
    console.log(`Wrote ${target}`);
    const problem = firstError(executed);
    if (problem !== undefined) {
      console.error(`${path}: ${problem}`);
      succeeded = false;
    }
  }
  return succeeded;
}
