import { tf } from 'inception-lab';
import { hashValues } from './hash-values.js';

/** How a network's last layers are put. */
export type Ending = 'dense with softmax' | 'softmax layer' | 'activation layer' | 'logits';

export const endings: readonly Ending[] = [
  'dense with softmax',
  'softmax layer',
  'activation layer',
  'logits',
];

export const side = 6;
export const classes = 3;

/**
 * A convolution of stride 2, a smooth activation, so that finite differences hold, and three
 * classes. All networks with the same ending or another have the same weights.
 */
export function smallNetwork(ending: Ending = 'logits', channels = 2): tf.Sequential {
  const layers: tf.layers.Layer[] = [
    tf.layers.conv2d({
      name: 'conv',
      inputShape: [side, side, channels],
      filters: 4,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      activation: 'tanh',
    }),
    tf.layers.flatten({ name: 'flatten' }),
    tf.layers.dense({
      name: 'dense',
      units: classes,
      activation: ending === 'dense with softmax' ? 'softmax' : 'linear',
    }),
  ];
  if (ending === 'softmax layer') layers.push(tf.layers.softmax({ name: 'softmax' }));
  if (ending === 'activation layer') {
    layers.push(tf.layers.activation({ name: 'softmax', activation: 'softmax' }));
  }
  const model = tf.sequential({ layers });
  giveWeights(model);
  return model;
}

/** Weights from a hash, so that they are the same every time. */
export function giveWeights(model: tf.LayersModel): void {
  const weights = model.getWeights().map(({ shape, size }, i) => {
    return tf.tensor([...hashValues(`weight ${i}`, size)], shape);
  });
  model.setWeights(weights);
  tf.dispose(weights);
}

/** In [−1, 1], without ties. */
export function smallImage(name = 'image', channels = 2): tf.Tensor4D {
  return tf.tensor4d(hashValues(name, side * side * channels), [1, side, side, channels]);
}

/** The same, within a model within a model. */
export function nestedNetwork(ending: Ending = 'logits'): tf.LayersModel {
  const inner = smallNetwork(ending);
  const image = tf.input({ shape: [side, side, 2], name: 'image' });
  const nested = tf.model({
    inputs: inner.inputs,
    outputs: inner.outputs,
    name: 'nested',
  });
  const output = nested.apply(image) as tf.SymbolicTensor;
  return tf.model({ inputs: image, outputs: output, name: 'outer' });
}

/** Runs something, and fails if it leaves tensors behind. */
export async function leavingNothing<Result>(run: () => Promise<Result>): Promise<Result> {
  const before = tf.memory().numTensors;
  const result = await run();
  const left = tf.memory().numTensors - before;
  if (left !== 0) throw new Error(`${left} tensors are left behind.`);
  return result;
}
