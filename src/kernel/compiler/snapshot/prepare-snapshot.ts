import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepLatest } from '../../../platform/node/cache-folder.js';
import { argumentOf, type Given } from './given.js';
import { claimOf, snapshotFile } from './snapshot-file.js';

const builder = fileURLToPath(new URL('./build.js', import.meta.url));

const day = 24 * 3600 * 1000;

/**
 * Has a snapshot made for a notebook, in a process that keeps out of the way of others.
 *
 * @returns that process; `undefined` if there is a snapshot, or another process makes it
 */
export function prepareSnapshot(given: Given): ChildProcess | undefined {
  const target = snapshotFile(given);
  if (existsSync(target) || !claim(claimOf(target))) return undefined;
  // Of 30 MB each.
  keepLatest('compiler-', 4);
  const build = spawn(process.execPath, [builder, argumentOf(given)], {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
  });
  // What waits for nobody shall keep nobody waiting.
  if (build.pid !== undefined) setPriority(build.pid, constants.priority.PRIORITY_LOW);
  return build;
}

/** Where it fails, it would fail for every kernel: it is tried once a day. */
function claim(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (ageOf(file) > day) rmSync(file, { force: true });
    closeSync(openSync(file, 'wx'));
    return true;
  } catch {
    return false;
  }
}

function ageOf(file: string): number {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
  return Date.now() - mtimeMs;
}
