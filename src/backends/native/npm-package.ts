import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { nativePackage } from './folder.js';
import { packageFolder, type Recipe } from './recipe.js';
import { runTool } from './run-tool.js';

const headers = { name: 'node-api-headers', version: '1.9.0' };

/** The folder of the C headers of Node's stable interface. */
export function headersFolder({ folder }: Recipe): string {
  return join(folder, 'node_modules', headers.name, 'include');
}

/** Whether the npm package is there, and shares our TensorFlow.js. */
export function hasPackage(recipe: Recipe): boolean {
  const link = tfjsLink(recipe);
  return (
    existsSync(join(packageFolder(recipe), 'package.json')) &&
    existsSync(headersFolder(recipe)) &&
    existsSync(link) &&
    realpathSync(link) === ourTfjs() &&
    // Written by npm when all the rest is.
    existsSync(join(recipe.folder, 'node_modules', '.package-lock.json'))
  );
}

/** Installs the npm package without its binary, and lets it share our TensorFlow.js. */
export async function installPackage(recipe: Recipe): Promise<void> {
  const { folder, tfjs } = recipe;
  mkdirSync(folder, { recursive: true });
  const dependencies = { [nativePackage]: tfjs, [headers.name]: headers.version };
  await writeFileAtomic(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies }),
  );
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const purpose = `Installing ${nativePackage}`;
  await runTool('npm', ['install', '--prefix', folder, ...quiet], { cwd: folder, purpose });
  shareTfjs(recipe);
}

/** A second copy of TensorFlow.js would have a registry of backends of its own. */
function shareTfjs(recipe: Recipe): void {
  const scope = dirname(tfjsLink(recipe));
  for (const name of readdirSync(scope)) {
    if (/^tfjs(-(?!node)|$)/.test(name)) rmSync(join(scope, name), { recursive: true });
  }
  // Relative, so that the project can be moved. What a junction points to cannot be.
  const isWindows = process.platform === 'win32';
  const target = isWindows ? ourTfjs() : relative(realpathSync(scope), ourTfjs());
  symlinkSync(target, tfjsLink(recipe), isWindows ? 'junction' : 'dir');
}

function tfjsLink(recipe: Recipe): string {
  return join(dirname(packageFolder(recipe)), 'tfjs');
}

function ourTfjs(): string {
  const require = createRequire(import.meta.url);
  return realpathSync(dirname(require.resolve('@tensorflow/tfjs/package.json')));
}
