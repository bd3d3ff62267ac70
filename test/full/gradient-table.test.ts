import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { forEachBackend } from '../support/backends.js';
import { gradientVerdict, operations, verdictOfPage } from '../support/gradient-table.js';

describe("The page's table of gradients (npm run gradients makes it)", function () {
  this.timeout(120_000);
  forEachBackend((backend) => {
    it('is true', async () => {
      const page = await readFile('docs/backends.md', 'utf8');
      for (const name of operations.keys()) {
        const verdict = await gradientVerdict(name);
        assert.equal(verdict, verdictOfPage(page, name, backend), name);
      }
    });
  });
});
