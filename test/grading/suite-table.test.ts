import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suiteTable } from './suite-table.js';

/** Without the spaces that make columns even. */
const bare = (table: string) => table.replace(/ *\| */g, '|').replace(/-+/g, '-');

describe('docs/isolation.md', () => {
  it('has the table of all that was tried', () => {
    assert.ok(bare(readFileSync('docs/isolation.md', 'utf8')).includes(bare(suiteTable())));
  });
});
