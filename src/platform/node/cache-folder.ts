import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this project keeps what can be made again. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'inception-lab');
}

/** Notes that a file was used, for {@link keepLatest}; where nothing can be written, nothing is removed. */
export function touch(file: string): void {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // It can be read all the same.
  }
}

/**
 * Removes files of a kind from the cache folder but for those that were used last: each version of
 * what they are made of leaves its own behind.
 *
 * @param kind what their names begin with
 */
export function keepLatest(kind: string, count: number): void {
  const files = readdirSync(cacheFolder())
    .filter((name) => name.startsWith(kind))
    .map((name) => join(cacheFolder(), name));
  for (const file of files.sort((a, b) => lastUse(b) - lastUse(a)).slice(count)) {
    rmSync(file, { force: true });
  }
}

function lastUse(file: string): number {
  // Another process may have removed it by now.
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
