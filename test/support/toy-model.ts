import { tf } from 'inception-lab';

/** Two convolutions, batch normalization, dropout and a classifier of two classes. */
export function toyModel(seed = 4): tf.LayersModel {
  const normal = (offset: number) => tf.initializers.heNormal({ seed: seed + offset });
  const convolution = (name: string, offset: number) =>
    tf.layers.conv2d({ name, filters: 4, kernelSize: 3, kernelInitializer: normal(offset) });
  const image = tf.input({ shape: [8, 8, 1], name: 'image' });
  const layers = [
    convolution('first', 0),
    tf.layers.batchNormalization({ name: 'norm' }),
    tf.layers.reLU({ name: 'relu' }),
    convolution('second', 1),
    tf.layers.flatten({ name: 'flat' }),
    tf.layers.dropout({ name: 'dropout', rate: 0.2 }),
    tf.layers.dense({ name: 'logits', units: 2, kernelInitializer: normal(2) }),
  ];
  const output = layers.reduce<tf.SymbolicTensor>(
    (x, layer) => layer.apply(x) as tf.SymbolicTensor,
    image,
  );
  return tf.model({ inputs: image, outputs: output, name: 'toy' });
}
