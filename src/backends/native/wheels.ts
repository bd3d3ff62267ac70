import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { download, type OnBytes } from './pip.js';
import type { Recipe } from './recipe.js';
import { distribution, requirementsOf } from './requirement.js';
import { runTool } from './run-tool.js';

/** What of a wheel is unpacked: libraries, and the headers that the binding includes. */
const wanted =
  /^tensorflow\/(libtensorflow_(cc|framework)\.so\.2$|include\/(tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c)\/)|^nvidia\/[^/]+\/(lib|bin|nvvm)\/|\.dist-info\/(METADATA|licenses\/)/;

/** Python's own command for this unpacks everything, and forgets which files are programs. */
const unpackScript = `
import os, re, sys, zipfile
wheel, folder, wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        if re.search(wanted, entry.filename):
            path = archive.extract(entry, folder)
            if entry.external_attr >> 16 & 0o111:
                os.chmod(path, 0o755)
`;

/** The folder in which wheels are unpacked, side by side as Python has them. */
export function pythonFolder({ folder }: Recipe): string {
  return join(folder, 'python');
}

/** Everything that is wanted from PyPI, as far as it is known by now. */
export function requirements(recipe: Recipe): string[] {
  const tensorflow = `${recipe.wheel}==${recipe.tensorflow}`;
  if (recipe.kind !== 'cuda' || !isUnpacked(recipe, tensorflow)) return [tensorflow];
  const info = `${recipe.wheel.replace('-', '_')}-${recipe.tensorflow}.dist-info`;
  const metadata = readFileSync(join(pythonFolder(recipe), info, 'METADATA'), 'utf8');
  return [tensorflow, ...requirementsOf(metadata, 'and-cuda')];
}

/** Whether a wheel has been unpacked to its end. */
function isUnpacked(recipe: Recipe, requirement: string): boolean {
  return existsSync(marker(recipe, requirement));
}

/** Whether all that is wanted from PyPI is there. */
export function hasWheels(recipe: Recipe): boolean {
  return requirements(recipe).every((requirement) => isUnpacked(recipe, requirement));
}

/** Downloads and unpacks what is not there yet, one wheel after another to keep the disk free. */
export async function fetchWheels(recipe: Recipe, onBytes: OnBytes): Promise<void> {
  // TensorFlow's own tells which others there are.
  for (let next = missing(recipe); next !== undefined; next = missing(recipe)) {
    await unpack(recipe, next, await download(recipe, next, onBytes));
  }
}

function missing(recipe: Recipe): string | undefined {
  return requirements(recipe).find((requirement) => !isUnpacked(recipe, requirement));
}

async function unpack(recipe: Recipe, requirement: string, wheel: string): Promise<void> {
  const folder = pythonFolder(recipe);
  mkdirSync(folder, { recursive: true });
  const purpose = `Unpacking ${distribution(requirement)}`;
  try {
    const args = ['-c', unpackScript, wheel, folder, wanted.source];
    await runTool('python3', args, { purpose });
  } catch (error) {
    // It may be the wheel that is broken: the next run gets it anew.
    rmSync(wheel, { force: true });
    throw error;
  }
  writeFileSync(marker(recipe, requirement), '');
  rmSync(wheel);
}

function marker(recipe: Recipe, requirement: string): string {
  return join(pythonFolder(recipe), `${distribution(requirement)}.unpacked`);
}

/** The CUDA libraries of a build, each by its file's name. */
export function cudaLibraries(recipe: Recipe): { folder: string; name: string }[] {
  const nvidia = join(pythonFolder(recipe), 'nvidia');
  if (!existsSync(nvidia)) return [];
  return readdirSync(nvidia).flatMap((part) => {
    const folder = join(nvidia, part, 'lib');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((name) => ({ folder, name }));
  });
}
