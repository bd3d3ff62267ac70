import * as tf from '@tensorflow/tfjs';
import type { MendedKernel } from '../kernels/mend.js';
import { channelGradients, inverseDeviation } from './channel-gradients.js';
import { batchNormTrainingGradKernel, batchNormTrainingKernel } from './training.js';

/**
 * Batch normalization from WebAssembly's SIMD kernels: means as a pool as large as the image, the rest
 * element by element. Broadcasting is slow there over few channels, so that several rows are seen as
 * one.
 */
export const wasmBatchNormTraining: MendedKernel = {
  name: batchNormTrainingKernel,
  backends: ['wasm'],
  compute({ inputs, attrs }) {
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
    return tf.tidy(() => {
      const rows = foldingOf(x, gamma.size);
      const mean = rows.mean(x);
      const centred = tf.sub(rows.fold(x), rows.repeat(mean));
      const variance = rows.mean(tf.square(centred));
      const factor = tf.mul(gamma, inverseDeviation(variance, attrs.epsilon));
      const y = tf.add(tf.mul(centred, rows.repeat(factor)), rows.repeat(beta));
      return [y.reshape(x.shape), mean, variance];
    });
  },
};

/** The way back. */
export const wasmBatchNormTrainingGrad: MendedKernel = {
  name: batchNormTrainingGradKernel,
  backends: ['wasm'],
  compute({ inputs, attrs }) {
    const { dy, x, gamma, mean, variance } = inputs as Record<
      'dy' | 'x' | 'gamma' | 'mean' | 'variance',
      tf.Tensor
    >;
    return tf.tidy(() => {
      const rows = foldingOf(x, gamma.size);
      const change = rows.fold(dy);
      const centred = tf.sub(rows.fold(x), rows.repeat(mean));
      const meanChange = rows.mean(dy);
      const meanProduct = rows.mean(tf.mul(change, centred));
      const { factor, slope, dGamma, dBeta } = channelGradients(
        { gamma, variance, meanChange, meanProduct },
        { epsilon: attrs.epsilon, rows: rows.count },
      );
      const along = tf.mul(centred, rows.repeat(slope));
      const rest = tf.sub(tf.sub(change, rows.repeat(meanChange)), along);
      const dx = tf.mul(rest, rows.repeat(factor));
      return [dx.reshape(x.shape), dGamma, dBeta];
    });
  },
};

/** A tensor of pixels by channels, several pixels a row. */
interface Folding {
  /** How many pixels there are. */
  readonly count: number;
  /** `[rows, pixels of a row · channels]` */
  fold(x: tf.Tensor): tf.Tensor2D;
  /** One value a channel, for each pixel of a row. */
  repeat(vector: tf.Tensor): tf.Tensor1D;
  /** `[channels]`: over all pixels. */
  mean(x: tf.Tensor): tf.Tensor1D;
}

/** Where rows are this wide, WebAssembly's kernels are at their best. */
const width = 128;

function foldingOf(x: tf.Tensor, channels: number): Folding {
  const count = x.size / channels;
  let pixels = 1;
  while (count % (2 * pixels) === 0 && pixels * channels < width) pixels *= 2;
  const rows = count / pixels;
  const fold = (tensor: tf.Tensor) => tensor.reshape<tf.Tensor2D>([rows, pixels * channels]);
  return {
    count,
    fold,
    repeat: (vector) => tf.tile(vector as tf.Tensor1D, [pixels]),
    mean: (tensor) => {
      const image = tensor.reshape<tf.Tensor4D>([1, rows, 1, pixels * channels]);
      return tf.mean(tf.avgPool(image, [rows, 1], 1, 'valid').reshape([pixels, channels]), 0);
    },
  };
}
