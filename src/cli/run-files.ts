import { basename, dirname, join } from 'node:path';
import { runNotebook } from '../kernel/run-notebook.js';
import { readNotebook, writeNotebook } from '../notebook/files.js';
import { firstError, type Notebook } from '../notebook/notebook.js';
import { showProgress } from './progress.js';
import { cellEnvironment, type RunFlags } from './run-flags.js';

/**
 * Runs notebooks of the user's own, each in its folder, and writes them with their outputs.
 *
 * @returns whether all cells ran without an error
 * @throws Error if a file is no TypeScript notebook, or two have one name; before any is run.
 */
export async function runFiles(paths: readonly string[], flags: RunFlags): Promise<boolean> {
  requireDifferentNames(paths);
  const notebooks = await Promise.all(paths.map(readTypeScriptNotebook));
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

async function readTypeScriptNotebook(path: string): Promise<Notebook> {
  const notebook = await readNotebook(path);
  const { kernelspec, language_info } = notebook.metadata;
  const language = kernelspec?.language ?? language_info?.name ?? 'typescript';
  if (/^(type|java)script$/i.test(language)) return notebook;
  throw new Error(
    `"${path}" is a notebook in ${language}. Give notebooks in TypeScript or JavaScript.`,
  );
}

/** Both would be written to the same file. */
function requireDifferentNames(paths: readonly string[]): void {
  const names = paths.map((path) => basename(path));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new Error(
    `Two of the notebooks are named "${twice}". Run them one by one, each with an --output of its own.`,
  );
}
