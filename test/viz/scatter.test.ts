import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

describe('viz.scatter', () => {
  it('draws a bar through a point from where to where it is told, and none through others', () => {
    const plot = viz.scatter([
      { x: 1, y: 0.3, yRange: [0.2, 0.5] },
      { x: 2, y: 0.4, xRange: [1.5, 4] },
    ]);
    const [across, upright] = [drawn(plot, 'rule'), drawn(plot, 'symbol')];
    assert.equal(upright.length, 2);
    const ends = across.map(({ datum }) => [datum!.xLow, datum!.xHigh, datum!.yLow, datum!.yHigh]);
    assert.ok(ends.some(([xLow, xHigh]) => xLow === 1.5 && xHigh === 4));
    assert.ok(ends.some(([, , yLow, yHigh]) => yLow === 0.2 && yHigh === 0.5));
  });

  it('has equal factors at equal distances on a logarithmic axis', () => {
    const plot = viz.scatter(
      [1, 12, 144].map((x) => ({ x, y: 0 })),
      { xLogarithmic: true },
    );
    const [one, twelve, many] = drawn(plot, 'symbol').map(({ x }) => x);
    assert.ok(Math.abs(twelve! - one! - (many! - twelve!)) < 1e-6);
  });

  it('writes a single whole number on its axis without decimals', () => {
    const written = words(viz.scatter([{ x: 20, y: 60 }]));
    assert.ok(written.includes('20') && written.includes('60'), written.join(', '));
  });

  it('refuses an end of a bar that is no number, and 0 on a logarithmic axis', () => {
    assert.throws(() => viz.scatter([{ x: 1, y: 1, yRange: [0, NaN] }]), /yHigh of point 0 is NaN/);
    assert.throws(
      () => viz.scatter([{ x: 1, y: 1, xRange: [0, 2] }], { xLogarithmic: true }),
      /x of point 0 is 1, from 0/,
    );
  });
});
