import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from './support/run-command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** The files of a folder and what is in them. */
function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.md'))
    .sort();
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

describe('The API pages', () => {
  it('are fresh (npm run docs makes them)', async () => {
    const folder = temporaryFolder();
    await succeed(process.execPath, ['node_modules/typedoc/bin/typedoc', '--out', folder]);
    assert.deepEqual(contents('docs/api'), contents(folder));
  });
});
