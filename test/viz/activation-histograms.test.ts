import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

describe('viz.activationHistograms', () => {
  it('leaves zeros out of the bars, and says how many there were', () => {
    const plot = viz.activationHistograms([
      { name: 'conv1', values: Float32Array.of(0, 0, 0, 1, 1, 1, 2, 0) },
      { name: 'conv2', values: [-1, 1] },
    ]);
    const written = words(plot);
    assert.ok(written.includes('50 % zeros') && written.includes('0 % zeros'));
    const bars = drawn(plot, 'rect').map(({ datum }) => [datum?.from, datum?.share]);
    assert.deepEqual(bars, [
      [1, 0.75],
      [2, 0.25],
      [-1, 0.5],
      [1, 0.5],
    ]);
  });

  it('rounds no share to none or to all', () => {
    const some = (zeros: number, others: number) => [
      ...new Array<number>(zeros).fill(0),
      ...new Array<number>(others).fill(1),
    ];
    const plot = viz.activationHistograms([
      { name: 'a', values: some(1, 999) },
      { name: 'b', values: some(999, 1) },
    ]);
    assert.ok(words(plot).includes('< 1 % zeros'));
    assert.ok(words(plot).includes('> 99 % zeros'));
  });

  it('draws each layer on its own axes: a small layer fills its panel like a great one', () => {
    const ramp = Array.from({ length: 100 }, (_, i) => i + 1);
    const plot = viz.activationHistograms([
      { name: 'small', values: ramp.map((x) => x / 1e6) },
      { name: 'great', values: ramp.map((x) => x * 1e6) },
    ]);
    const bars = drawn(plot, 'rect');
    const half = bars.length / 2;
    const places = bars.map(({ x }) => Math.round(x));
    assert.deepEqual(places.slice(0, half), places.slice(half));
    assert.ok(Math.max(...places) > 140 && half > 15);
  });

  it('says so where there are only zeros, and draws a single value as a bar', () => {
    const plot = viz.activationHistograms([
      { name: 'dead', values: [0, 0] },
      { name: 'constant', values: [3, 3] },
    ]);
    assert.ok(words(plot).includes('100 % zeros') && words(plot).includes('nothing but zeros'));
    assert.deepEqual(
      drawn(plot, 'rect').map(({ datum }) => datum?.count),
      [2],
    );
  });

  it('keeps a million values out of the specification', () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => Math.sin(i) * i);
    const plot = viz.activationHistograms([{ name: 'a', values }], { bins: 40 });
    assert.ok(JSON.stringify(plot).length < 10_000);
  });

  it('refuses no layers, no values, what is no number, and numbers of bins that are none', () => {
    assert.throws(() => viz.activationHistograms([]), /no layers/);
    const draw =
      (values: number[], bins = 30) =>
      () =>
        viz.activationHistograms([{ name: 'a', values }], { bins });
    assert.throws(draw([]), /the layer "a" has no values/);
    assert.throws(draw([1, NaN]), /value 1 of the layer "a" is NaN/);
    assert.throws(draw([1], 0), /bins is 0/);
    const twice = { name: 'a', values: [1] };
    assert.throws(() => viz.activationHistograms([twice, twice]), /Two layers/);
  });
});
