import assert from 'node:assert/strict';
import { limitOutputs } from '../../../dist/site/page/limit-outputs.js';

describe('What a page keeps of a cell', () => {
  let texts: string[];
  let counts: Record<string, number>;
  let listen: ReturnType<typeof limitOutputs>;
  beforeEach(() => {
    texts = [];
    counts = {};
    listen = limitOutputs((type, content) => {
      counts[type] = (counts[type] ?? 0) + 1;
      if (type === 'stream') texts.push(String(content.text));
    });
  });

  it('is the beginning of a flood of text, with one sentence', () => {
    for (let i = 0; i < 100; i++) listen('stream', { name: 'stdout', text: 'x'.repeat(100_000) });
    assert.equal(texts.length, 11);
    assert.match(texts.at(-1)!, /the rest is left out/);
  });

  it('is no more than 300 pictures', () => {
    for (let i = 0; i < 1000; i++) listen('display_data', { data: {} });
    assert.deepEqual(counts, { display_data: 300, stream: 1 });
  });

  it('lets errors and updates through, whatever there was before', () => {
    for (let i = 0; i < 1000; i++) listen('display_data', { data: {} });
    listen('update_display_data', {});
    listen('error', {});
    assert.equal(counts.update_display_data, 1);
    assert.equal(counts.error, 1);
  });

  it('begins anew when the cell clears what it has put out', () => {
    listen('stream', { name: 'stdout', text: 'x'.repeat(2_000_000) });
    listen('clear_output', { wait: false });
    listen('stream', { name: 'stdout', text: 'y' });
    assert.equal(texts.at(-1), 'y');
  });
});
