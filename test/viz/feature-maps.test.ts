import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { noise } from '../support/noise.js';
import { pixelsOf, tilesOf } from '../support/pictures.js';

// The ends of the published colour maps: viridis by van der Walt and Smith, PuOr by Brewer.
const viridis = { dark: [68, 1, 84], bright: [253, 231, 37] };
const puOr = { orange: [127, 59, 8], purple: [45, 0, 75] };

describe('viz.featureMaps', () => {
  it('draws one picture a channel at full resolution: dark for zero, bright for the greatest', async () => {
    const plot = viz.featureMaps([
      [
        [0, 10],
        [2, 0],
      ],
      [
        [1, 0],
        [0, 5],
      ],
      [
        [0, 0],
        [2, 0],
      ],
    ]);
    const [first = [], second] = await Promise.all(tilesOf(plot).map(({ url }) => pixelsOf(url)));
    assert.deepEqual([first.length, first[0]?.length], [3, 2]);
    assert.deepEqual(first[0]?.[0], viridis.dark);
    assert.deepEqual(first[0][1], viridis.bright);
    assert.deepEqual(first[2]?.[1], viridis.bright);
    assert.deepEqual(second?.[0]?.[0], viridis.bright, 'each channel has its own scale');
  });

  it('draws values of both signs symmetrically, zero nearly white, in all channels alike', async () => {
    const plot = viz.featureMaps([
      [
        [-2, 4],
        [2, 0],
      ],
      [
        [0, 4],
        [1, 4],
      ],
    ]);
    const [first = [], second] = await Promise.all(tilesOf(plot).map(({ url }) => pixelsOf(url)));
    assert.deepEqual(first[0]?.[0], puOr.orange);
    assert.deepEqual(first[0][1], puOr.purple);
    assert.ok(first[1]?.[0]?.every((part) => part > 230));
    assert.deepEqual(second?.[0]?.[0], puOr.purple, 'a channel without a negative value as well');
  });

  it('shows pixels as squares where they are enlarged, and smooths what is made smaller', () => {
    const isSmooth = (side: number) => {
      const map = Array.from({ length: side }, () => Array.from({ length: side }, () => [1]));
      const [images] = viz.featureMaps(map, { tileWidth: 96 }).layer as { mark: object }[];
      return (images?.mark as { smooth: boolean }).smooth;
    };
    assert.equal(isSmooth(14), false);
    assert.equal(isSmooth(147), true);
  });

  it('draws an empty map in the colour of zero', async () => {
    const [tile] = tilesOf(viz.featureMaps([[[0], [0]]]));
    assert.deepEqual(await pixelsOf(tile!.url), [[viridis.dark, viridis.dark]]);
  });

  it('says how many channels it shows, and names them', () => {
    const plot = viz.featureMaps([[[1, 2, 3]]], { maximum: 2, names: ['red'] });
    assert.deepEqual(
      tilesOf(plot).map(({ label }) => label),
      ['red', '1'],
    );
    assert.match(plot.description, /the first 2 of 3 maps/);
  });

  it('tells the least and the greatest value of each map', () => {
    const [tile] = tilesOf(viz.featureMaps([[[-0.5], [12.345]]]));
    assert.deepEqual([tile?.least, tile?.greatest], ['-0.500', '12.3']);
  });

  it('shows fewer maps rather than more than a megabyte, never fewer pixels', async () => {
    const values = Array.from({ length: 299 }, (_, y) =>
      Array.from({ length: 299 }, (_, x) => noise(32, 299 * y + x)),
    );
    const plot = viz.featureMaps(values);
    const tiles = tilesOf(plot);
    assert.ok(tiles.length > 4 && tiles.length < 32, `${tiles.length}`);
    assert.match(plot.description, new RegExp(`the first ${tiles.length} of 32`));
    assert.equal((await pixelsOf(tiles[0]!.url)).length, 299);
  });

  it('says what it wants when it is given a whole batch, or nothing', () => {
    assert.throws(() => viz.featureMaps([]), /not empty.*tensor\.arraySync\(\)\[0\]/);
    const batch = [[[[1]]]] as unknown as number[][][];
    assert.throws(() => viz.featureMaps(batch), /\[height\]\[width\]\[channel\]/);
  });
});
