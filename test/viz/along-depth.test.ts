import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

const norms = [
  { name: 'conv1', series: 'plain', value: 0 },
  { name: 'conv2', series: 'plain', value: 1e-6 },
  { name: 'conv3', series: 'plain', value: 1e-2 },
  { name: 'conv1', series: 'residual', value: 1e-1 },
  { name: 'conv2', series: 'residual', value: 1e-1 },
  { name: 'conv3', series: 'residual', value: 1e-2 },
];

describe('viz.alongDepth', () => {
  it('puts layers at equal steps in the order given, and values at their heights', () => {
    const points = drawn(
      viz.alongDepth(
        [
          { name: 'z', value: 0 },
          { name: 'a', value: 50 },
          { name: 'm', value: 100 },
        ],
        { quantity: 'MiB' },
      ),
      'symbol',
    );
    assert.deepEqual(
      points.map(({ datum }) => datum?.layer),
      ['z', 'a', 'm'],
    );
    const [first, second, third] = points.map(({ x }) => x) as [number, number, number];
    assert.ok(second > first && Math.abs(third - second - (second - first)) < 1e-9);
    assert.deepEqual(
      points.map(({ y }) => y),
      [240, 120, 0],
    );
  });

  it('draws decades at equal steps, and a zero as a 0 at the foot, off the line', () => {
    const plot = viz.alongDepth(norms, { quantity: 'norm of the gradient', logarithmic: true });
    const points = drawn(plot, 'symbol').filter(({ y }) => Number.isFinite(y));
    const y = (series: string, layer: string) =>
      points.find(({ datum }) => datum?.series === series && datum.layer === layer)?.y ?? NaN;
    const decade = y('residual', 'conv3') - y('residual', 'conv2');
    assert.ok(decade > 0);
    assert.ok(
      Math.abs(y('plain', 'conv2') - y('plain', 'conv3') - 4 * decade) < 1e-6,
      'four decades',
    );
    const plain = points.filter(({ datum }) => datum?.series === 'plain');
    assert.deepEqual(
      plain.map(({ datum }) => datum?.layer),
      ['conv2', 'conv3'],
    );
    const zeros = drawn(plot, 'text');
    assert.deepEqual(
      zeros.map(({ text, y: place, datum }) => [String(text), place, datum?.layer]),
      [['0', 240, 'conv1']],
    );
    assert.ok(words(plot).some((line) => line.includes('stands at its foot')));
  });

  it('draws zeros alone without an error', () => {
    const zeros = viz.alongDepth([{ name: 'a', value: 0 }], {
      quantity: 'norm',
      logarithmic: true,
    });
    assert.equal(drawn(zeros, 'text').length, 1);
  });

  it('gives every series a colour and a shape of its own', () => {
    const points = drawn(viz.alongDepth(norms, { quantity: 'norm' }), 'symbol');
    for (const look of ['fill', 'shape'] as const) {
      assert.equal(new Set(points.map((point) => point[look])).size, 2, look);
    }
  });

  it('names every layer of thirty, and fewer of more', () => {
    const layers = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ name: `layer${i}`, value: i }));
    const named = (count: number) =>
      words(viz.alongDepth(layers(count), { quantity: 'n' })).filter((word) =>
        word.startsWith('layer'),
      );
    assert.equal(named(30).filter((word) => /^layer\d+$/.test(word)).length, 30);
    assert.equal(named(100).filter((word) => /^layer\d+$/.test(word)).length, 25);
    assert.ok(named(100).includes('layer, from input to output; one in 4 is named'));
  });

  it('refuses no layers, what is no number, and two layers of one name', () => {
    const draw =
      (layers: viz.LayerValue[], logarithmic = false) =>
      () =>
        viz.alongDepth(layers, { quantity: 'norm', logarithmic });
    assert.throws(draw([]), /no layers were given/);
    assert.throws(draw([{ name: 'a', value: NaN }]), /norm of the layer "a" is NaN/);
    assert.throws(draw([{ name: 'a', value: Infinity }]), /is Infinity/);
    assert.throws(draw([{ name: 'a', value: -1 }], true), /no place for -1, .* layer "a"/);
    assert.throws(
      draw([
        { name: 'a', value: 1 },
        { name: 'a', value: 2 },
      ]),
      /Two layers are called "a"/,
    );
  });
});

describe('viz.shapesAlongDepth', () => {
  const shapes = [
    { name: 'conv1', height: 149, width: 149, channels: 32 },
    { name: 'conv2', height: 35, width: 35, channels: 384 },
  ];

  it('draws sides above channels, each layer at the same place in both', () => {
    const points = drawn(viz.shapesAlongDepth(shapes), 'symbol');
    assert.deepEqual(
      points.map(({ datum }) => [datum?.layer, datum?.value]),
      [
        ['conv1', 149],
        ['conv2', 35],
        ['conv1', 32],
        ['conv2', 384],
      ],
    );
    const [a, b, c, d] = points.map(({ x }) => x);
    assert.deepEqual([a, b], [c, d]);
  });

  it('draws height and width apart where maps are not square', () => {
    const wide = viz.shapesAlongDepth([...shapes, { name: 'c', height: 1, width: 7, channels: 1 }]);
    const series = drawn(wide, 'symbol').map(({ datum }) => datum?.series);
    assert.deepEqual([...new Set(series)], ['height', 'width', '']);
  });

  it('refuses no layers, open sizes and two layers of one name', () => {
    assert.throws(() => viz.shapesAlongDepth([]), /no layers/);
    const open = { name: 'a', height: NaN, width: 1, channels: 1 };
    assert.throws(() => viz.shapesAlongDepth([open]), /height of the layer "a" is NaN/);
    assert.throws(() => viz.shapesAlongDepth([shapes[0]!, shapes[0]!]), /Two layers/);
  });
});
