import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { viz } from 'inception-lab';
import { codeOf, folder, page } from '../../scripts/gallery.js';

const text = readFileSync(page, 'utf8');
const place = join('docs', folder);

describe('The gallery', () => {
  it('has a picture of every function of viz', () => {
    const shown = [...text.matchAll(/viz\.(\w+)\(/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(shown)].sort(), Object.keys(viz).sort());
  });

  it('shows each picture below its code, and has no others', () => {
    const below = [
      ...text.matchAll(/viz\.(\w+)\([^`]*?^```\n\n!\[.+\]\(images\/gallery\/(.+)\)$/gm),
    ];
    assert.deepEqual(
      below.map(([, name]) => name),
      [...text.matchAll(/viz\.(\w+)\(/g)].map(([, name]) => name),
    );
    for (const [, name = '', file = ''] of below) assert.ok(file.startsWith(name), file);
    assert.deepEqual(below.map(([, , file]) => file).sort(), readdirSync(place).sort());
  });

  for (const file of readdirSync(place)) {
    it(`was drawn by the code that the page shows, in less than 300 kB: ${file}`, () => {
      const path = join(place, file);
      assert.ok(
        readFileSync(path, 'utf8').endsWith(`<!-- ${codeOf(text)} -->\n`),
        'npm run gallery',
      );
      assert.ok(statSync(path).size < 300_000);
    });
  }
});
