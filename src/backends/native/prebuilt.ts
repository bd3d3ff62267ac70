import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bindingFile, packageFolder, type Recipe } from './recipe.js';
import { runTool } from './run-tool.js';

/** Whether the package's own binary and its library are there. */
export function hasPrebuilt(recipe: Recipe): boolean {
  return existsSync(bindingFile(recipe)) && existsSync(libraryFolder(recipe));
}

/**
 * Lets the package download its own binary.
 *
 * @throws Error that proposes to build one instead, if it cannot.
 */
export async function downloadPrebuilt(recipe: Recipe): Promise<void> {
  const cwd = packageFolder(recipe);
  let why = '';
  try {
    const purpose = "The package's own download";
    await runTool('node', ['scripts/install.js', 'gpu', 'download'], { cwd, purpose });
  } catch (error) {
    why = reason((error as Error).message);
  }
  if (why === '' && hasPrebuilt(recipe)) return;
  // Else the package would take the half of it that is there for the whole.
  rmSync(join(cwd, 'deps'), { recursive: true, force: true });
  rmSync(join(cwd, 'lib'), { recursive: true, force: true });
  throw new Error(
    `The package's own binary cannot be downloaded from storage.googleapis.com${why}: ` +
      'build one instead with --cpu or --cuda.',
  );
}

function libraryFolder(recipe: Recipe): string {
  return join(packageFolder(recipe), 'deps', 'lib');
}

/** The one line that tells, of a stack of them. */
function reason(message: string): string {
  const found = /(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|HTTP \d+|status(?: code)? [45]\d\d)/.exec(
    message,
  )?.[0];
  return found === undefined ? ' (its script failed)' : ` (${found})`;
}
