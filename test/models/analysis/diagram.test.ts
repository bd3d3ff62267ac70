import assert from 'node:assert/strict';
import { diagram, inceptionResNetV2, inceptionV4, tf, type Diagram } from 'inception-lab';
import { buildBlank } from '../../../dist/models/parts/he-normal.js';
import { useTestBackend } from '../../support/backend.js';

/** The rows of a diagram, from the input on, each from left to right. */
function rows({ nodes }: Diagram): string[][] {
  const last = Math.max(...nodes.map(({ rank }) => rank));
  return Array.from({ length: last + 1 }, (_, rank) =>
    nodes
      .filter((node) => node.rank === rank)
      .map(({ label }) => label)
      .sort(),
  );
}

describe('diagram', () => {
  let v4: tf.LayersModel;
  before(async () => {
    await useTestBackend();
    v4 = buildBlank(() => inceptionV4());
  });
  after(() => v4.dispose());

  it('has the boxes of Figure 4 for Inception-A', () => {
    const drawn = diagram(v4, 'inceptionA2');
    assert.deepEqual(rows(drawn), [
      ['Input'],
      ['1×1 Conv (64)', '1×1 Conv (64)', '1×1 Conv (96)', 'Avg Pooling'],
      ['1×1 Conv (96)', '3×3 Conv (96)', '3×3 Conv (96)'],
      ['3×3 Conv (96)'],
      ['Filter concat'],
    ]);
    const ends = drawn.edges.filter(({ to }) => to === 'inceptionA2/concat');
    assert.equal(ends.length, 4);
    assert.equal(drawn.edges.filter(({ from }) => from === 'input').length, 4);
  });

  it('draws a block of a model within the model likewise', () => {
    const outer = tf.sequential({ layers: [v4, tf.layers.dense({ units: 2 })] });
    const drawn = diagram(outer, 'inceptionV4/inceptionA2');
    assert.deepEqual(rows(drawn), rows(diagram(v4, 'inceptionA2')));
    assert.throws(
      () => diagram(outer, 'inceptionA2'),
      /Its blocks are: .*inceptionV4\/inceptionA2/,
    );
  });

  it('writes strides and V as Figure 7 does for Reduction-A', () => {
    const labels = diagram(v4, 'reductionA')
      .nodes.map(({ label }) => label)
      .sort();
    assert.deepEqual(labels, [
      '1×1 Conv (192)',
      '3×3 Conv (224)',
      '3×3 Conv (256 stride 2 V)',
      '3×3 Conv (384 stride 2 V)',
      '3×3 MaxPool (stride 2 V)',
      'Filter concat',
      'Input',
    ]);
  });

  it('has the linear convolution, the scaled sum and the ReLU of Figure 16 for Inception-ResNet-A', () => {
    const drawn = diagram(
      buildBlank(() => inceptionResNetV2()),
      'inceptionResNetA1',
    );
    assert.deepEqual(rows(drawn).slice(-3), [
      ['1×1 Linear (384)'],
      ['+ (× 0.1)'],
      ['Relu activation'],
    ]);
    const sum = drawn.edges
      .filter(({ to }) => to === 'inceptionResNetA1/add')
      .map(({ from }) => from);
    assert.deepEqual(sum.sort(), ['input', 'inceptionResNetA1/linear'].sort());
  });

  it('has one box for each convolution of the whole network', () => {
    const convolutions = diagram(v4).nodes.filter(({ label }) => label.includes('Conv'));
    assert.equal(convolutions.length, 149);
  });

  it('lists the blocks when there is no such one', () => {
    assert.throws(
      () => diagram(v4, 'inceptionD'),
      /no block "inceptionD"\. Its blocks are: image, stem, inceptionA1/,
    );
  });
});
