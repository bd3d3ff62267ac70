import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawGallery, folder, page } from '../../scripts/gallery.js';

describe('The gallery', () => {
  it('is what its code draws today, but for numbers, which round differently elsewhere', async () => {
    const text = readFileSync(page, 'utf8');
    const gallery = await drawGallery(text);
    assert.equal(gallery.page, text, 'npm run gallery');
    for (const [name, svg] of gallery.pictures) {
      const committed = readFileSync(join('docs', folder, name), 'utf8');
      assert.equal(withoutNumbers(svg), withoutNumbers(committed), `${name}: npm run gallery`);
    }
  });
});

/** What is drawn, and in what colours, without where, and without the bytes of photographs. */
function withoutNumbers(svg: string): string {
  return svg
    .replace(/base64,[^"]*/g, '')
    .replace(/#[0-9a-f]{3,6}\b|[-−]?\d[\d.]*(e[-+]?\d+)?/gi, (word) =>
      word.startsWith('#') ? word : '0',
    );
}
