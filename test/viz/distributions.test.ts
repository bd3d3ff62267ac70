import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

const groups = [
  { name: 'before', values: [1, 3, 5, 7] },
  { name: 'after', values: Float32Array.of(-1, -1, 1, 1) },
];

describe('viz.distributions', () => {
  it("draws what share of a group lies in each bin, on all groups' axis", () => {
    const { vconcat } = viz.distributions(groups, { xTitle: 'activation', bins: 8 }) as unknown as {
      vconcat: [{ data: { values: { group: string; x: number; share: number }[] } }];
    };
    const shares = (group: string) =>
      vconcat[0].data.values
        .filter((row) => row.group === group && row.share > 0)
        .map(({ x, share }) => [x, share]);
    assert.deepEqual(
      shares('before'),
      [1, 3, 5, 7].map((x) => [x, 0.25]),
    );
    assert.deepEqual(shares('after'), [
      [-1, 0.5],
      [1, 0.5],
    ]);
  });

  it('marks the mean, one standard deviation to either side, and writes both', () => {
    const plot = viz.distributions(groups, { xTitle: 'activation' });
    const ends = drawn(plot, 'rule').map(({ datum }) => [datum?.from, datum?.to]);
    // The population's deviation: √((9 + 1 + 1 + 9) / 4) = √5.
    assert.deepEqual(ends, [
      [4 - Math.sqrt(5), 4 + Math.sqrt(5)],
      [-1, 1],
    ]);
    const [first, second] = drawn(plot, 'symbol').map(({ x }) => x) as [number, number];
    assert.ok(first > second);
    assert.ok(words(plot).includes('4.0 ± 2.2') && words(plot).includes('0.0 ± 1.0'));
  });

  it('keeps the order of the groups, each with a colour of its own', () => {
    const points = drawn(viz.distributions(groups, { xTitle: 'activation' }), 'symbol');
    assert.deepEqual(
      points.map(({ datum }) => datum?.group),
      ['before', 'after'],
    );
    assert.equal(new Set(points.map(({ fill }) => fill)).size, 2);
  });

  it('draws equal values', () => {
    const plot = viz.distributions([{ name: 'one', values: [5, 5] }], { xTitle: 'activation' });
    assert.ok(words(plot).includes('5 ± 0'));
  });

  it('refuses no groups, no values, what is no number, and two groups of one name', () => {
    const draw = (some: viz.Group[]) => () => viz.distributions(some, { xTitle: 'x' });
    assert.throws(draw([]), /no groups/);
    assert.throws(draw([{ name: 'a', values: [] }]), /the group "a" has no values/);
    assert.throws(
      draw([{ name: 'a', values: [-Infinity] }]),
      /value 0 of the group "a" is -Infinity/,
    );
    assert.throws(draw([groups[0]!, groups[0]!]), /Two groups are called "before"/);
  });
});
