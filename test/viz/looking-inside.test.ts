import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';
import { pixelsOf, tilesOf } from '../support/pictures.js';

// The ends of the published colour maps: viridis by van der Walt and Smith, PuOr by Brewer.
const viridis = { dark: [68, 1, 84], bright: [253, 231, 37] };
const puOr = { orange: [127, 59, 8], purple: [45, 0, 75] };

interface Layer {
  readonly data: { readonly values: readonly { readonly url: string }[] };
  readonly mark: Readonly<Record<string, unknown>>;
}

/** The picture and the map of a heat map. */
function layersOf(plot: viz.Specification): [Layer, Layer] {
  return (plot.layer as Layer[]).slice(0, 2) as [Layer, Layer];
}

const picture = {
  width: 2,
  height: 1,
  data: Uint8Array.of(255, 0, 0, 0, 0, 255),
};

describe('viz.heatMap', () => {
  it('lays the map over the picture, both as large: dark for zero, bright for the greatest', async () => {
    const plot = viz.heatMap(
      picture,
      [
        [0, 1],
        [2, 4],
        [0, 0],
      ],
      { opacity: 0.5 },
    );
    const [below, above] = layersOf(plot);
    const pixels = await pixelsOf(below.data.values[0]!.url);
    assert.deepEqual(pixels[0]![0], [255, 0, 0]);
    assert.deepEqual(pixels.at(-1)!.at(-1), [0, 0, 255]);
    assert.deepEqual([pixels[0]!.length, pixels.length], [280, 140]);
    const map = await pixelsOf(above.data.values[0]!.url);
    assert.deepEqual([map.length, map[0]!.length], [3, 2]);
    assert.deepEqual(map[0]![0], viridis.dark);
    assert.deepEqual(map[1]![1], viridis.bright);
    for (const { mark } of [below, above]) {
      assert.deepEqual([mark.width, mark.height], [280, 140]);
    }
    assert.equal(above.mark.opacity, 0.5);
    const images = drawn(plot, 'image');
    assert.deepEqual(
      images.map(({ x, y, width, height }) => [x, y, width, height]),
      [
        [0, 0, 280, 140],
        [0, 0, 280, 140],
      ],
    );
  });

  it('draws values of both signs symmetrically', async () => {
    const [, above] = layersOf(viz.heatMap(picture, [[-4, 4, 0]]));
    const [[least, greatest, zero]] = (await pixelsOf(above.data.values[0]!.url)) as [number[][]];
    assert.deepEqual([least, greatest], [puOr.orange, puOr.purple]);
    assert.ok(zero!.every((part) => part > 230));
  });

  it('has a scale of its colours, with what the numbers are', () => {
    const written = words(viz.heatMap(picture, [[0, 3]], { quantity: 'drop of probability' }));
    for (const word of ['drop of probability', '0', '3']) assert.ok(written.includes(word), word);
  });

  it('says in words where the greatest number is', () => {
    const { description } = viz.heatMap(
      picture,
      [
        [0, 0.12345],
        [0, 0],
      ],
      { title: 'Boot' },
    );
    assert.equal(
      description,
      'Boot: a heat map of 2 × 2 numbers from 0 to 0.123, the greatest 75 % from the left and ' +
        '25 % from the top, over a picture of 1 × 2 pixels.',
    );
    assert.match(viz.heatMap(picture, [[0, 0]]).description, /of 1 × 2 numbers, all 0, over/);
  });

  it('refuses what is no table of numbers', () => {
    assert.throws(() => viz.heatMap(picture, []), /no rows of the heat map/);
    assert.throws(() => viz.heatMap(picture, [[]]), /row 0 of the heat map has no values/);
    assert.throws(() => viz.heatMap(picture, [[1, NaN]]), /value 1 of row 0.*NaN/);
    assert.throws(() => viz.heatMap(picture, [[1, 2], [3]]), /Row 1 .* has 1 numbers/);
    assert.throws(() => viz.heatMap(picture, [[1]], { opacity: 2 }), /opacity is 2/);
  });
});

describe('viz.pictures', () => {
  it('shows each picture with its label, enlarged in squares', async () => {
    const tiles = tilesOf(viz.pictures([{ picture }, { picture, label: 'boot' }]));
    assert.deepEqual(
      tiles.map(({ label }) => label),
      ['0', 'boot'],
    );
    const pixels = await pixelsOf(tiles[0]!.url);
    assert.deepEqual([pixels[0]!.length, pixels.length], [96, 48]);
    assert.deepEqual(
      [pixels[47]![47], pixels[0]![48]],
      [
        [255, 0, 0],
        [0, 0, 255],
      ],
    );
  });

  it('makes larger ones smaller: each pixel is the mean of those it stands for', async () => {
    const data = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => (i % 3 === 0 ? 4 * i : 7));
    const [tile] = tilesOf(
      viz.pictures([{ picture: { width: 4, height: 4, data } }], { tileWidth: 1 }),
    );
    const [[first]] = (await pixelsOf(tile!.url)) as [number[][]];
    // Of 1.5 pixels, two at most: four each way become two.
    const red = [0, 1, 4, 5].map((pixel) => 12 * pixel).reduce((sum, value) => sum + value) / 4;
    assert.deepEqual(first, [red, 7, 7]);
  });

  it('says in words how many there are, and what they are', () => {
    const { description } = viz.pictures(
      [
        { picture, label: 'a' },
        { picture, label: 'b' },
      ],
      {
        title: 'Channels',
      },
    );
    assert.equal(description, 'Channels: 2 pictures (a, b).');
    assert.throws(() => viz.pictures([]), /no pictures/);
  });
});

describe('viz.nearestPictures', () => {
  const near = (similarity: number) => ({ picture, label: 'boot', similarity });

  it('has a row for each query, with the similarities', () => {
    const plot = viz.nearestPictures([
      { query: { picture }, nearest: [near(0.917), near(0.5)] },
      { query: { picture, label: 'bag' }, nearest: [near(0.3), { picture, similarity: -0.1 }] },
    ]);
    const tiles = tilesOf(plot);
    assert.deepEqual(
      tiles.map(({ label }) => label),
      ['query', 'boot 0.92', 'boot 0.50', 'bag', 'boot 0.30', '-0.10'],
    );
    assert.equal(new Set(tiles.slice(0, 3).map(({ y }) => y)).size, 1);
    assert.match(plot.description, /2 queries, each with its 2 nearest \(query, boot 0\.92/);
  });

  it('refuses rows of different lengths', () => {
    const rows = [
      { query: { picture }, nearest: [near(1)] },
      { query: { picture }, nearest: [] },
    ];
    assert.throws(() => viz.nearestPictures(rows), /Row 1 has 0 pictures beside/);
    assert.throws(() => viz.nearestPictures([]), /no rows/);
  });
});

describe('viz.featureColours', () => {
  it('draws the three components as red, green and blue, each over its own range', async () => {
    const plot = viz.featureColours([
      [
        [0, 5, -1],
        [10, 5, 1],
      ],
    ]);
    const pixels = await pixelsOf(tilesOf(plot)[0]!.url);
    assert.deepEqual(
      [pixels[0]![0], pixels[0]!.at(-1)],
      [
        [0, 0, 0],
        [255, 0, 255],
      ],
    );
    const [tile] = tilesOf(viz.featureColours([[[0], [1]]]));
    assert.deepEqual((await pixelsOf(tile!.url))[0]![0], [0, 128, 128]);
    assert.throws(
      () =>
        viz.featureColours([
          [
            [0, 1],
            [NaN, 1],
          ],
        ]),
      /value 1 of component 0/,
    );
    assert.throws(() => viz.featureColours([]), /no rows/);
  });
});

describe('viz.scatter', () => {
  it('draws a point for each, and tells more groups apart than there are colours', () => {
    const points = Array.from({ length: 20 }, (_, i) => ({ x: i, y: i % 5, group: `${i}` }));
    const symbols = drawn(viz.scatter(points), 'symbol');
    assert.equal(symbols.length, 20);
    const looks = symbols.map(({ fill, stroke, shape }) => `${fill ?? stroke} ${shape}`);
    assert.equal(new Set(looks).size, 20);
    assert.ok(symbols[1]!.x > symbols[0]!.x && symbols[1]!.y < symbols[0]!.y);
  });

  it('says in words what is drawn, and refuses what is no number', () => {
    assert.equal(
      viz.scatter([{ x: 1, y: 2, group: 'boot' }], { title: 'Clothes' }).description,
      'Clothes: 1 points of 1 groups (boot), second component against first component.',
    );
    assert.throws(() => viz.scatter([]), /no points/);
    assert.throws(() => viz.scatter([{ x: 1, y: NaN }]), /y of point 0 is NaN/);
  });
});
