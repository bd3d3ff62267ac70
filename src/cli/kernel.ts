import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prepareCompiler } from '../kernel/compiler/node-compiler.js';
import {
  installKernelSpec,
  kernelSpecs,
  uninstallKernelSpec,
  userFolder,
} from '../kernel/jupyter/kernelspec.js';

/** Whose Jupyter a kernel is for; the user's, unless another one is named. */
export interface KernelFlags {
  readonly name: string;
  readonly prefix?: string;
  readonly sysPrefix?: boolean;
}

export async function installKernel({ name, ...where }: KernelFlags): Promise<void> {
  const folder = await installKernelSpec(name, folderOf(where));
  await prepareCompiler(folder);
  console.log(`The kernel is in ${folder}`);
}

export function uninstallKernel({ name, ...where }: KernelFlags): void {
  console.log(`The kernel was removed from ${uninstallKernelSpec(name, folderOf(where))}`);
}

export function listKernels(where: Omit<KernelFlags, 'name'>): void {
  const specs = kernelSpecs(folderOf(where));
  for (const { name, folder } of specs) console.log(`${name}  ${folder}`);
  if (specs.length === 0) {
    console.log('No kernel is installed. Install it with: npx inception-lab kernel install');
  }
}

function folderOf({ prefix, sysPrefix }: Omit<KernelFlags, 'name'>): string {
  if (prefix !== undefined) return join(prefix, 'share', 'jupyter');
  return sysPrefix ? join(pythonPrefix(), 'share', 'jupyter') : userFolder();
}

/** The folder of the Python environment that is in use. */
function pythonPrefix(): string {
  const { stdout, status } = spawnSync('python3', ['-c', 'import sys; print(sys.prefix)'], {
    encoding: 'utf8',
  });
  if (status === 0) return stdout.trim();
  throw new Error(
    '--sys-prefix asks python3 for its folder, but python3 does not answer: use --prefix.',
  );
}
