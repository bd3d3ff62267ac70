import assert from 'node:assert/strict';
import { viz } from 'inception-lab';
import { drawn, words } from '../support/drawn.js';

const classes = ['cat', 'dog', 'horse'];
/** Four cats, one of them taken for a dog; two dogs, both right; no horse. */
const plot = viz.confusionTable([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 1], { classes });
/** The ends of viridis. */
const [dark, bright] = ['rgb(68, 1, 84)', 'rgb(253, 231, 37)'];

describe('viz.confusionTable', () => {
  it('counts truths in rows and guesses in columns, and writes nothing for none', () => {
    const at = new Map(
      drawn(plot, 'rect').map(({ datum }) => [
        `${String(datum!.truth)} for ${String(datum!.guess)}`,
        datum!,
      ]),
    );
    assert.equal(at.get('cat for cat')!.count, 3);
    assert.equal(at.get('cat for dog')!.count, 1);
    assert.equal(at.get('dog for cat')!.count, 0);
    assert.equal(at.get('cat for dog')!.share, 0.25);
    assert.deepEqual(
      drawn(plot, 'text')
        .map(({ text }) => text)
        .filter((text) => text !== ''),
      ['3', '1', '2'],
    );
  });

  it('colours by the share of the row, and says how many are right', () => {
    const fills = drawn(plot, 'rect').map(({ fill }) => fill);
    assert.equal(fills[4], bright);
    assert.deepEqual(fills.slice(6), [dark, dark, dark]);
    assert.match(plot.description, /of 6 pictures of 3 classes \(cat, dog, horse\), 5 were/);
    for (const word of [...classes, 'is', 'taken for']) assert.ok(words(plot).includes(word), word);
  });

  it('refuses what is no class, and unequal lists', () => {
    assert.throws(
      () => viz.confusionTable([0, 3], [0, 0], { classes }),
      /Picture 1 is of class 3 .* Give numbers from 0 to 2\./,
    );
    assert.throws(
      () => viz.confusionTable([0], [0.5], { classes }),
      /was taken for class 0\.5\. Give numbers from 0 to 2\./,
    );
    assert.throws(() => viz.confusionTable([0, 1], [0], { classes }), /2 pictures and 1 guesses/);
    assert.throws(() => viz.confusionTable([], [], { classes }), /no pictures were given/);
  });
});
