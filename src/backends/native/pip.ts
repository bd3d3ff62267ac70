import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Recipe } from './recipe.js';
import { distribution } from './requirement.js';
import { runTool } from './run-tool.js';

/** Told how many of a file's bytes have arrived. */
export type OnBytes = (file: string, bytes: number, total: number) => void;

/** The wheels of Python 3.11, whichever Python fetches them: their C++ libraries are the same. */
const target = [
  '--no-deps',
  '--only-binary=:all:',
  ...['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311'],
  ...['2_28', '2_27', '2_17'].flatMap((glibc) => ['--platform', `manylinux_${glibc}_x86_64`]),
  ...['--platform', 'manylinux2014_x86_64'],
];

const quiet = ['--disable-pip-version-check', '--no-input', '--no-cache-dir'];

/**
 * Downloads a wheel, unless it is there already.
 *
 * @param requirement as pip takes it: `tensorflow-cpu==2.21.0`
 * @returns the wheel's file
 */
export async function download(
  recipe: Recipe,
  requirement: string,
  onBytes: OnBytes,
): Promise<string> {
  const wheels = join(recipe.folder, 'wheels');
  const found = () => find(wheels, requirement);
  const there = found();
  if (there !== undefined) return there;

  // What an earlier run has left. One that was killed may still be writing to its own.
  rmSync(wheels, { recursive: true, force: true });
  const partial = join(wheels, `partial-${process.pid}`);
  mkdirSync(partial, { recursive: true });
  const env = { PYTHONPATH: await pip(dirname(recipe.folder)), TMPDIR: partial };
  let file = distribution(requirement);
  await runTool(
    'python3',
    [
      '-m',
      'pip',
      'download',
      ...quiet,
      ...target,
      '--progress-bar',
      'raw',
      '--dest',
      partial,
    ].concat(requirement),
    {
      env,
      purpose: `Downloading ${distribution(requirement)}`,
      onLine(line) {
        file = /Downloading ([^\s/]+\.whl)/.exec(line)?.[1] ?? file;
        const [bytes, total] = parseProgress(line) ?? [];
        if (bytes !== undefined && total !== undefined) onBytes(file, bytes, total);
      },
    },
  );
  const wheel = find(partial, requirement);
  if (wheel === undefined) throw new Error(`pip did not download a wheel of ${requirement}.`);
  const kept = join(wheels, wheel.slice(partial.length + 1));
  renameSync(wheel, kept);
  rmSync(partial, { recursive: true, force: true });
  return kept;
}

/** Reads a line of pip's raw progress: `Progress 262144 of 273829956`. */
export function parseProgress(line: string): [bytes: number, total: number] | undefined {
  const [, bytes, total] = /^Progress (\d+) of (\d+)$/.exec(line.trim()) ?? [];
  return bytes !== undefined && total !== undefined ? [Number(bytes), Number(total)] : undefined;
}

function find(folder: string, requirement: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const prefix = `${distribution(requirement).replace(/[-.]/g, '_')}-`;
  const name = readdirSync(folder).find((file) => file.startsWith(prefix) && file.endsWith('.whl'));
  return name === undefined ? undefined : join(folder, name);
}

/** A pip that tells its progress: a system's own is often too old for it. */
async function pip(base: string): Promise<string> {
  const folder = join(base, 'pip');
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial-${process.pid}`;
  const args = ['-m', 'pip', 'install', ...quiet, '--target', partial, 'pip>=24.1'];
  await runTool('python3', args, { purpose: 'Getting a recent pip' });
  renameSync(partial, folder);
  return folder;
}
