import assert from 'node:assert/strict';
import { convolutionUnit, inceptionA, inceptionC, tf } from 'inception-lab';
import { modelDifference } from '../../dist/lessons/compare-models.js';
import { nameInWords } from '../../dist/lessons/layer-in-words.js';
import { useTestBackend } from '../support/backend.js';

type Layers = (x: tf.SymbolicTensor) => tf.SymbolicTensor;

function over(layers: Layers, channels = 8): tf.LayersModel {
  const input = tf.input({ shape: [5, 5, channels] });
  return tf.model({ inputs: input, outputs: layers(input) });
}

function unit(name: string, kernelSize: number | [number, number], filters = 4): Layers {
  return (x) => convolutionUnit(x, { name: `m/${name}`, filters, kernelSize });
}

const concatenate = (...branches: tf.SymbolicTensor[]) =>
  tf.layers.concatenate({ name: 'm/concat', axis: 3 }).apply(branches) as tf.SymbolicTensor;

/** Two branches: a 1×1; a 1×1, a 1×3 and a 3×1. */
const reference: Layers = (x) =>
  concatenate(
    unit('branch1/conv1', 1)(x),
    unit('branch2/conv3', [3, 1])(unit('branch2/conv2', [1, 3])(unit('branch2/conv1', 1)(x))),
  );

describe('Comparing models', () => {
  before(useTestBackend);

  const cases: [what: string, mine: Layers, said: RegExp][] = [
    [
      'other filters',
      (x) =>
        concatenate(
          unit('branch1/conv1', 1)(x),
          unit(
            'branch2/conv3',
            [3, 1],
          )(unit('branch2/conv2', [1, 3], 6)(unit('branch2/conv1', 1)(x))),
        ),
      /^the second convolution of branch 2 \("m\/branch2\/conv2"\) has 4 filters; yours has 6 filters$/,
    ],
    [
      'kernels swapped, with the same shapes and counts',
      (x) =>
        concatenate(
          unit('branch1/conv1', 1)(x),
          unit('branch2/conv3', [1, 3])(unit('branch2/conv2', [3, 1])(unit('branch2/conv1', 1)(x))),
        ),
      /^the second convolution of branch 2 \(".*"\) is a 1×3; yours is a 3×1$/,
    ],
    [
      'branches in another order',
      (x) =>
        concatenate(
          unit('branch2/conv3', [3, 1])(unit('branch2/conv2', [1, 3])(unit('branch2/conv1', 1)(x))),
          unit('branch1/conv1', 1)(x),
        ),
      /^the concatenation \("m\/concat"\) takes the ReLU of the first convolution of branch 1 as number 1; yours takes the ReLU of the third convolution of branch 2$/,
    ],
    [
      'a branch that starts from another one',
      (x) => {
        const first = unit('branch1/conv1', 1)(x);
        const squeezed = unit('branch2/conv1', 1)(first);
        return concatenate(
          first,
          unit('branch2/conv3', [3, 1])(unit('branch2/conv2', [1, 3])(squeezed)),
        );
      },
      /^the first convolution of branch 2 \(".*"\) takes the input; yours takes the ReLU of the first/,
    ],
    [
      'a ReLU left out, with the same shapes and counts',
      (x) => {
        const linear = (name: string, kernelSize: [number, number], input: tf.SymbolicTensor) =>
          tf.layers
            .conv2d({ name, filters: 4, kernelSize, useBias: false, padding: 'same' })
            .apply(input) as tf.SymbolicTensor;
        const last = linear(
          'm/branch2/conv3',
          [3, 1],
          unit('branch2/conv2', [1, 3])(unit('branch2/conv1', 1)(x)),
        );
        const normal = tf.layers
          .batchNormalization({ name: 'm/branch2/conv3/batchNorm', epsilon: 1e-3 })
          .apply(last) as tf.SymbolicTensor;
        return concatenate(unit('branch1/conv1', 1)(x), normal);
      },
      /^the ReLU of the third convolution of branch 2 \(".*"\) is missing in yours/,
    ],
  ];
  for (const [what, mine, said] of cases) {
    it(`says what is wrong: ${what}`, () => {
      assert.match(modelDifference(over(mine), over(reference)) ?? 'no difference', said);
    });
  }

  it('takes what does the same for the same, whatever its random weights', () => {
    assert.equal(modelDifference(over(reference), over(reference)), undefined);
    const other = (x: tf.SymbolicTensor) => inceptionA(x, { seed: 5 });
    const mine = (x: tf.SymbolicTensor) => inceptionA(x, { seed: 6 });
    assert.equal(modelDifference(over(mine), over(other)), undefined);
  });

  it('tells a pool that counts its padding from one that does not', () => {
    const counting = (x: tf.SymbolicTensor) => {
      const padded = tf.layers.zeroPadding2d({ name: 'm/padding', padding: 1 }).apply(x);
      return tf.layers
        .averagePooling2d({ name: 'm/pool1', poolSize: 3, strides: 1, padding: 'valid' })
        .apply(padded) as tf.SymbolicTensor;
    };
    const right = (x: tf.SymbolicTensor) =>
      tf.layers
        .averagePooling2d({ name: 'm/pool1', poolSize: 3, strides: 1, padding: 'same' })
        .apply(x) as tf.SymbolicTensor;
    assert.equal(
      modelDifference(over(counting), over(right)),
      'the pool ("m/pool1") has padding; yours has no padding (V)',
    );
  });

  it('does not blame the padding of a 1×1 convolution, which makes no difference', () => {
    const linear = (padding: 'same' | 'valid', useBias: boolean) => (x: tf.SymbolicTensor) =>
      tf.layers
        .conv2d({ name: 'm/linear', filters: 4, kernelSize: 1, padding, useBias })
        .apply(x) as tf.SymbolicTensor;
    assert.equal(
      modelDifference(over(linear('same', false)), over(linear('valid', true))),
      'the linear 1×1 convolution ("m/linear") has a bias; yours has no bias',
    );
  });

  it('says layers as a learner would', () => {
    const fork = over((x) => inceptionC(x, { name: 'inceptionC1' }));
    const names = fork.layers
      .map(({ name }) => name)
      .filter((name) => name.endsWith('fork1/branch2/conv1'));
    assert.deepEqual(names.map(nameInWords), [
      'the first convolution of branch 2 of the fork of branch 3',
      'the first convolution of branch 2 of the fork of branch 4',
    ]);
    assert.equal(nameInWords('residual/linear'), 'the linear 1×1 convolution');
    assert.equal(nameInWords('mine'), 'the layer mine');
  });
});
