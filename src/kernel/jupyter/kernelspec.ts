import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import { logoFiles } from './logo.js';

/** What Jupyter reads of a kernel. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'message';
}

export const defaultKernelName = 'inception-lab';

/** The kernel itself. */
const program = fileURLToPath(new URL('./main.js', import.meta.url));

/** How Jupyter starts and calls it. */
export const kernelSpec: KernelSpec = {
  argv: [process.execPath, program, '{connection_file}'],
  display_name: 'TypeScript (Inception Lab)',
  language: 'typescript',
  interrupt_mode: 'message',
};

/** Letters, digits, `-`, `_` and `.`, as Jupyter has it. */
const nameRule = /^[a-z0-9._-]+$/i;

/**
 * Writes the kernelspec with which Jupyter starts this kernel.
 *
 * @param folder Jupyter's data folder: see {@link userFolder}
 * @returns the kernelspec's own folder
 * @throws Error if `name` is not one that Jupyter takes.
 */
export async function installKernelSpec(name: string, folder: string): Promise<string> {
  if (!nameRule.test(name)) {
    throw new Error(
      `A kernel cannot be called "${name}": take letters, digits, "-", "_" and ".", without spaces.`,
    );
  }
  const target = join(folder, 'kernels', name);
  mkdirSync(target, { recursive: true });
  const logos = await logoFiles();
  for (const [file, data] of Object.entries(logos)) writeFileAtomic.sync(join(target, file), data);
  writeFileAtomic.sync(join(target, 'kernel.json'), `${JSON.stringify(kernelSpec, null, 2)}\n`);
  return target;
}

/**
 * Removes a kernelspec of ours.
 *
 * @throws Error if there is none of that name, or if it is another kernel's.
 */
export function uninstallKernelSpec(name: string, folder: string): string {
  const found = kernelSpecs(folder).find((spec) => spec.name === name);
  if (!found)
    throw new Error(`There is no Inception Lab kernel "${name}" in ${join(folder, 'kernels')}.`);
  rmSync(found.folder, { recursive: true });
  return found.folder;
}

/** Our kernelspecs in a data folder of Jupyter's. */
export function kernelSpecs(folder: string): { name: string; folder: string }[] {
  const kernels = join(folder, 'kernels');
  if (!existsSync(kernels)) return [];
  return readdirSync(kernels)
    .map((name) => ({ name, folder: join(kernels, name) }))
    .filter((spec) => isOurs(join(spec.folder, 'kernel.json')));
}

function isOurs(file: string): boolean {
  try {
    const { argv } = JSON.parse(readFileSync(file, 'utf8')) as KernelSpec;
    return /[\\/]kernel[\\/]jupyter[\\/]main\.js$/.test(argv[1] ?? '');
  } catch {
    return false;
  }
}

/** Where Jupyter looks for a user's kernels. */
export function userFolder(): string {
  const { JUPYTER_DATA_DIR, XDG_DATA_HOME, APPDATA } = process.env;
  if (JUPYTER_DATA_DIR) return JUPYTER_DATA_DIR;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Jupyter');
  if (process.platform === 'win32') return join(APPDATA ?? homedir(), 'jupyter');
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'jupyter');
}
