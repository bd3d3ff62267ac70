import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { pixelsOf, tilesOf } from '../support/pictures.js';

describe('viz.filters', () => {
  it('draws filters over three channels in colour, grey for zero', async () => {
    // One place; filter 0 wants red and no blue, filter 1 is zero.
    const plot = viz.filters([
      [
        [
          [2, 0],
          [0, 0],
          [-2, 0],
        ],
      ],
    ]);
    const [first, second] = await Promise.all(tilesOf(plot).map(({ url }) => pixelsOf(url)));
    assert.deepEqual(first?.[0]?.[0], [255, 128, 0]);
    assert.deepEqual(second?.[0]?.[0], [128, 128, 128]);
  });

  it('keeps the places of the weights, and enlarges them without blurring', async () => {
    const dark = [[-1], [-1], [-1]];
    const bright = [[1], [1], [1]];
    const [tile] = tilesOf(
      viz.filters([
        [dark, bright],
        [bright, bright],
      ]),
    );
    const pixels = await pixelsOf(tile!.url);
    const size = pixels.length;
    assert.ok(size >= 60 && size % 2 === 0, `${size}`);
    assert.deepEqual(pixels[size / 2 - 1]?.[size / 2 - 1], [0, 0, 0]);
    assert.deepEqual(pixels[size / 2 - 1]?.[size / 2], [255, 255, 255]);
    assert.deepEqual(pixels[size / 2]?.[0], [255, 255, 255]);
    const colours = new Set(pixels.flat().map(String));
    assert.equal(colours.size, 2);
  });

  it('draws other filters as the mean over their inputs, white for zero', async () => {
    const [tile] = tilesOf(
      viz.filters([
        [
          [[1], [-1]],
          [[4], [4]],
        ],
      ]),
    );
    const pixels = await pixelsOf(tile!.url);
    assert.ok(pixels[0]?.[0]?.every((part) => part > 230));
    assert.deepEqual(pixels[0]?.at(-1), [45, 0, 75]);
  });

  it('says what it wants when it is not given a kernel', () => {
    assert.throws(() => viz.filters([]), /\[height\]\[width\]\[input channel\]\[filter\]/);
  });
});
