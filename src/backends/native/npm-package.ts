import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { nativePackage } from './folder.js';
import { packageFolder, type Recipe } from './recipe.js';
import { runTool } from './run-tool.js';

const headers = { name: 'node-api-headers', version: '1.9.0' };

/** What the package requires of TensorFlow.js. */
const shared = ['tfjs', 'tfjs-core'];

/** The folder of the C headers of Node's stable interface. */
export function headersFolder({ folder }: Recipe): string {
  return join(folder, 'node_modules', headers.name, 'include');
}

/** Whether the npm package is there, and shares our TensorFlow.js. */
export function hasPackage(recipe: Recipe): boolean {
  return (
    existsSync(join(packageFolder(recipe), 'package.json')) &&
    existsSync(headersFolder(recipe)) &&
    shared.every((name) => isShared(join(scopeFolder(recipe), name), ours(name))) &&
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
  const scope = scopeFolder(recipe);
  for (const name of readdirSync(scope)) {
    if (/^tfjs(-(?!node)|$)/.test(name)) rmSync(join(scope, name), { recursive: true });
  }
  for (const name of shared) {
    // Relative, so that the project can be moved. What a junction points to cannot be.
    const isWindows = process.platform === 'win32';
    const target = isWindows ? ours(name) : relative(realpathSync(scope), ours(name));
    symlinkSync(target, join(scope, name), isWindows ? 'junction' : 'dir');
  }
}

function isShared(link: string, target: string): boolean {
  return existsSync(link) && realpathSync(link) === target;
}

/** The folder of the packages whose names begin with `@tensorflow/`. */
function scopeFolder(recipe: Recipe): string {
  return dirname(packageFolder(recipe));
}

/** The folder of one of {@link shared}, as our own modules find it. */
function ours(name: string): string {
  const tfjs = createRequire(import.meta.url).resolve('@tensorflow/tfjs/package.json');
  return realpathSync(dirname(createRequire(tfjs).resolve(`@tensorflow/${name}/package.json`)));
}
