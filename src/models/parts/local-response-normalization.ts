import { tf } from '../../backends/tf.js';

/** As TensorFlow has it: a window of 2 · radius + 1 channels, and α for the sum over it. */
export const localResponse = { depthRadius: 2, bias: 1, alpha: 1e-4 / 5, beta: 0.75 } as const;

/**
 * The layer x / (1 + α/n · Σ x²)^β over n = 5 neighbouring channels, with α = 0.0001 and β = 0.75:
 * Krizhevsky et al. 2012, Section 3.3, as GoogLeNet's published model has it.
 */
export class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className = 'LocalResponseNormalization';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat() as tf.Tensor4D[];
    if (!x) throw new Error('Local response normalization has no input.');
    const { depthRadius, bias, alpha, beta } = localResponse;
    return tf.localResponseNormalization(x, depthRadius, bias, alpha, beta);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }
}

tf.serialization.registerClass(LocalResponseNormalization);
