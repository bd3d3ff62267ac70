import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackendChoice } from '../backends/choice.js';
import type { Notebook } from '../notebook/notebook.js';
import { findPackage } from '../site/find-package.js';

/** The folder that this package is installed in; notebooks of the course import from there. */
export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A hash of all that a lesson's outputs depend on: its source, our compiled code, the versions of
 * the packages underneath (data among them), Node and the backend.
 */
export function fingerprint(notebook: Notebook, library: string, backend: BackendChoice): string {
  const parts = [notebook, library, process.version, backend.name, backend.device];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** A hash of our compiled code and of the versions of what it depends on. */
export async function libraryFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const dist = join(packageFolder, 'dist');
  const names = await readdir(dist, { recursive: true });
  for (const name of names.filter((name) => name.endsWith('.js') && !isOfPages(name)).sort()) {
    hash.update(name).update(await readFile(join(dist, name)));
  }
  const { dependencies, optionalDependencies } = await readPackage(packageFolder);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies }).sort()) {
    hash.update(`${name}@${await installedVersion(name)}\n`);
  }
  return hash.digest('hex');
}

/** How an output is shown changes nothing of it. */
function isOfPages(name: string): boolean {
  return /^(site|page)[\\/]/.test(name);
}

async function installedVersion(name: string): Promise<string> {
  const folder = findPackage(name);
  return folder === undefined ? 'absent' : (await readPackage(folder)).version;
}

interface Package {
  version: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

async function readPackage(folder: string): Promise<Package> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Package;
}
