import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The floors that a run's result depends on. */
const floors = ['backends', 'models', 'training'];

let known: Promise<string> | undefined;

/** The package's version, and a hash of the code that a run's result depends on. */
export function codeVersion(): Promise<string> {
  known ??= findVersion();
  return known;
}

async function findVersion(): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const hash = createHash('sha256');
  for (const floor of floors) {
    const names = await readdir(join(root, floor), { recursive: true });
    for (const name of names.filter((name) => name.endsWith('.js')).sort()) {
      hash.update(`${floor}/${name}`).update(await readFile(join(root, floor, name)));
    }
  }
  const text = await readFile(join(root, '../package.json'), 'utf8');
  const { version } = JSON.parse(text) as { version: string };
  return `${version}, code ${hash.digest('hex').slice(0, 12)}`;
}
