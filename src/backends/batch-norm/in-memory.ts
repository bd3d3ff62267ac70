import * as tf from '@tensorflow/tfjs';
import type { MendedKernel } from '../kernels/mend.js';
import { memoryOf } from '../kernels/memory.js';
import { batchNormTrainingGradKernel, batchNormTrainingKernel } from './training.js';

/**
 * Batch normalization on backends whose tensors lie in this process's memory: three passes over
 * the values in plain JavaScript, which is as fast as the memory, where TensorFlow.js's kernels for
 * sums over the first axes and for broadcasting are many times slower. Sums are float64.
 */
export const inMemoryBatchNormTraining: MendedKernel = {
  name: batchNormTrainingKernel,
  backends: ['cpu'],
  compute({ inputs, attrs, backend }) {
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', tf.Tensor>;
    const channels = gamma.size;
    const memory = memoryOf(backend);
    const outputs = [x.shape, [channels], [channels]].map((shape) => memory.allocate(shape));
    const [from, scale, shift] = [x, gamma, beta].map((tensor) => memory.read(tensor));
    const [y, mean, variance] = outputs.map((tensor) => memory.read(tensor));
    normalize(
      { x: from!, gamma: scale!, beta: shift!, y: y!, mean: mean!, variance: variance! },
      attrs.epsilon as number,
    );
    return outputs;
  },
};

type Arrays<Names extends string> = Record<Names, Float32Array>;

function normalize(
  { x, gamma, beta, y, mean, variance }: Arrays<'x' | 'gamma' | 'beta' | 'y' | 'mean' | 'variance'>,
  epsilon: number,
): void {
  const channels = gamma.length;
  const rows = x.length / channels;
  const sums = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) sums[c]! += x[at + c]!;
  }
  for (let c = 0; c < channels; c++) mean[c] = sums[c]! / rows;

  const squares = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) {
      const distance = x[at + c]! - mean[c]!;
      squares[c]! += distance * distance;
    }
  }

  const factors = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    variance[c] = squares[c]! / rows;
    factors[c] = gamma[c]! / Math.sqrt(squares[c]! / rows + epsilon);
  }
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) {
      y[at + c] = (x[at + c]! - mean[c]!) * factors[c]! + beta[c]!;
    }
  }
}

/** The way back: two passes. */
export const inMemoryBatchNormTrainingGrad: MendedKernel = {
  name: batchNormTrainingGradKernel,
  backends: ['cpu'],
  compute({ inputs, attrs, backend }) {
    const memory = memoryOf(backend);
    const { x, gamma } = inputs as Record<'x' | 'gamma', tf.Tensor>;
    const outputs = [x.shape, gamma.shape, gamma.shape].map((shape) => memory.allocate(shape));
    const read = (name: string) => memory.read(inputs[name]!);
    const [dx, dGamma, dBeta] = outputs.map((tensor) => memory.read(tensor));
    differentiate(
      {
        dy: read('dy'),
        x: read('x'),
        gamma: read('gamma'),
        mean: read('mean'),
        variance: read('variance'),
        dx: dx!,
        dGamma: dGamma!,
        dBeta: dBeta!,
      },
      attrs.epsilon as number,
    );
    return outputs;
  },
};

function differentiate(
  {
    dy,
    x,
    gamma,
    mean,
    variance,
    dx,
    dGamma,
    dBeta,
  }: Arrays<'dy' | 'x' | 'gamma' | 'mean' | 'variance' | 'dx' | 'dGamma' | 'dBeta'>,
  epsilon: number,
): void {
  const channels = gamma.length;
  const rows = x.length / channels;
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) {
      const change = dy[at + c]!;
      sums[c]! += change;
      products[c]! += change * (x[at + c]! - mean[c]!);
    }
  }

  // dx = gamma / σ · (dy − mean of dy − normalized x · mean of (dy · normalized x))
  const factors = new Float32Array(channels);
  const slopes = new Float32Array(channels);
  const means = new Float32Array(channels);
  for (let c = 0; c < channels; c++) {
    const inverse = 1 / Math.sqrt(variance[c]! + epsilon);
    dBeta[c] = sums[c]!;
    dGamma[c] = products[c]! * inverse;
    factors[c] = gamma[c]! * inverse;
    slopes[c] = (products[c]! / rows) * inverse * inverse;
    means[c] = sums[c]! / rows;
  }
  for (let at = 0; at < x.length; at += channels) {
    for (let c = 0; c < channels; c++) {
      const centred = x[at + c]! - mean[c]!;
      dx[at + c] = (dy[at + c]! - means[c]! - centred * slopes[c]!) * factors[c]!;
    }
  }
}
