import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../../platform/node/cache-folder.js';
import type { Given } from './given.js';

/** What is run to make a snapshot: `scripts/snapshot-entry.mjs` bundles it. */
export const entryScript = fileURLToPath(new URL('./entry.bundle.cjs', import.meta.url));

/**
 * Where the snapshot is kept, or will be, that fits a notebook: another one for other types of Node,
 * another compiler, another Node.
 *
 * @throws Error if something is missing that it is made of
 */
export function snapshotFile(given: Given): string {
  const { version, arch, platform, versions } = process;
  const files = [entryScript, given.places.compiler, nodeTypesFor(given)];
  const made = files.map((path) => {
    const { size, mtimeMs } = statSync(path);
    return [path, size, mtimeMs];
  });
  const key = JSON.stringify([version, versions.v8, arch, platform, made]);
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 16);
  return join(cacheFolder(), `compiler-${hash}.snapshot`);
}

/** The file of whoever makes a snapshot, or has tried to. */
export function claimOf(snapshot: string): string {
  return `${snapshot}.claim`;
}

/** The package.json of those that a notebook's cells are checked with. */
function nodeTypesFor({ cwd, places }: Given): string {
  try {
    return createRequire(join(cwd, 'notebook')).resolve('@types/node/package.json');
  } catch {
    return places.nodeTypes;
  }
}
