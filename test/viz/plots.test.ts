import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { compile, type TopLevelSpec } from 'vega-lite';
import { noise } from '../support/noise.js';

const maps = (height: number, width: number, channels: number) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => noise(channels, y * width + x)),
  );
const kernel = (channels: number, filters: number) =>
  Array.from({ length: 3 }, (_, y) =>
    Array.from({ length: 3 }, (_, x) =>
      Array.from({ length: channels }, (_, c) => noise(filters, 100 * y + 10 * x + c)),
    ),
  );

const photograph = (width: number, height: number) => ({
  ...{ width, height },
  data: Uint8Array.from(noise(width * height * 3, 1), (x) => 255 * x),
});

const layers = Array.from({ length: 160 }, (_, i) => `inceptionA${i}/branch3/conv2`);

/** Every picture there is, with data of the size that the course uses. */
const plots = {
  alongDepth: viz.alongDepth(
    ['with shortcuts', 'without'].flatMap((series, i) =>
      layers.map((name, depth) => ({ name, series, value: i * depth })),
    ),
    { quantity: 'norm of the gradient', logarithmic: true },
  ),
  activationHistograms: viz.activationHistograms(
    layers.slice(0, 12).map((name, i) => ({ name, values: noise(5000, i) })),
  ),
  architectureStrip: viz.architectureStrip(
    layers.slice(0, 45).map((name, i) => ({ name, kind: `${i % 7}`, side: 45 - i, channels: i })),
  ),
  distributions: viz.distributions(
    ['before', 'after'].map((name, i) => ({ name, values: noise(5000, i) })),
    { xTitle: 'activation' },
  ),
  heatTable: viz.heatTable(
    layers
      .slice(0, 20)
      .flatMap((row) => ['parameters', 'error'].map((column, value) => ({ row, column, value }))),
  ),
  shapesAlongDepth: viz.shapesAlongDepth(
    layers.map((name, i) => ({ name, height: i, width: 2 * i, channels: 32 })),
  ),
  featureMaps: viz.featureMaps(maps(147, 147, 64), { maximum: 64 }),
  'feature maps of a single channel': viz.featureMaps(maps(8, 8, 1)),
  'colour filters': viz.filters(kernel(3, 32)),
  'deep filters': viz.filters(kernel(64, 100)),
  photograph: viz.photograph(photograph(299, 299)),
  blockDiagram: viz.blockDiagram({
    nodes: [
      { id: 'input', label: 'Input', rank: 0, outputShape: [35, 35, 384] },
      { id: 'a', label: '1×1 Conv (96)', rank: 1, outputShape: [35, 35, 96] },
    ],
    edges: [{ from: 'input', to: 'a' }],
  }),
  heatMap: viz.heatMap(
    photograph(299, 299),
    maps(35, 35, 1).map((row) => row.flat()),
    {
      quantity: 'drop of probability',
    },
  ),
  'heat map of both signs': viz.heatMap(photograph(28, 28), [
    [-1, 2],
    [0, 0],
  ]),
  'heat map of zeros': viz.heatMap(photograph(3, 2), [[0]]),
  pictures: viz.pictures(
    Array.from({ length: 64 }, (_, i) => ({ picture: photograph(299, 299), label: `${i}` })),
  ),
  nearestPictures: viz.nearestPictures(
    Array.from({ length: 12 }, () => ({
      query: { picture: photograph(160, 120), label: 'boot' },
      nearest: [0.9, 0.8, 0.7].map((similarity) => ({
        picture: photograph(160, 120),
        similarity,
      })),
    })),
  ),
  featureColours: viz.featureColours(maps(35, 35, 3)),
  scatter: viz.scatter(
    noise(3000, 4).map((x, i) => ({ x, y: i, group: `class ${i % 10}`, label: `picture ${i}` })),
  ),
  scatterWithBars: viz.scatter(
    [
      { x: 1, y: 0.3, group: 'one', yRange: [0.2, 0.4] },
      { x: 144, y: 0.2, group: 'four', xRange: [100, 200] },
    ],
    { xLogarithmic: true, xTitle: 'crops', yTitle: 'top-1 error' },
  ),
  confusionTable: viz.confusionTable(
    Array.from({ length: 100 }, (_, i) => i % 10),
    Array.from({ length: 100 }, (_, i) => (i * i) % 10),
    {
      classes: [
        'T-shirt',
        'trouser',
        'pullover',
        'dress',
        'coat',
        'sandal',
        'shirt',
        'sneaker',
        'bag',
        'ankle boot',
      ],
    },
  ),
  lines: viz.lines(
    [
      { series: 'n×n', x: 3, y: 9 },
      { series: 'n×n', x: 5, y: 25 },
      { series: '1×n, n×1', x: 3, y: 6 },
      { series: '1×n, n×1', x: 5, y: 10 },
    ],
    { title: 'Cost', xTitle: 'n', yTitle: 'weights a pair of channels', logarithmic: true },
  ),
  receptiveFields: viz.receptiveFields(
    { width: 40, height: 30, data: Uint8Array.from(noise(40 * 30 * 3, 2), (x) => 255 * x) },
    [{ label: 'conv1', top: -3, left: 10, height: 11, width: 11 }],
  ),
  costByBlock: viz.costByBlock([
    { name: 'stem', parameters: 605_728, multiplyAdds: 2_289_943_648 },
  ]),
};

describe('Every plot', () => {
  for (const [name, plot] of Object.entries(plots)) {
    it(`is a Vega-Lite 5 specification without a complaint: ${name}`, () => {
      const complaints: unknown[] = [];
      const complain = (...words: unknown[]) => {
        complaints.push(words);
        return logger;
      };
      const silent = () => logger;
      const logger = {
        level: silent,
        error: complain,
        warn: complain,
        info: silent,
        debug: silent,
      } as never;
      compile(plot as unknown as TopLevelSpec, { logger });
      assert.deepEqual(complaints, []);
      assert.equal(plot.$schema, 'https://vega.github.io/schema/vega-lite/v5.json');
    });

    it(`stays under 1 MB, so that with its SVG it is under 2: ${name}`, () => {
      assert.ok(JSON.stringify(plot).length < 1_000_000);
    });

    it(`can be sent as JSON without a loss: ${name}`, () => {
      assert.deepEqual(JSON.parse(JSON.stringify(plot)), plot);
    });

    it(`says in one line what is to be seen: ${name}`, () => {
      assert.match(plot.description, /^[A-Z][^\n]{10,}\.$/);
    });
  }
});
