import { tf } from '../backends/tf.js';

/**
 * The layer x / (1 + α/n · Σ x²)^β over n = 5 neighbouring channels, with α = 0.0001 and β = 0.75:
 * Krizhevsky et al. 2012, Section 3.3, as GoogLeNet's published model has it.
 */
export class LocalResponseNormalization extends tf.layers.Layer {
  static readonly className = 'LocalResponseNormalization';

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [x] = [inputs].flat() as tf.Tensor4D[];
    if (!x) throw new Error('Local response normalization has no input.');
    return tf.localResponseNormalization(x, 2, 1, 1e-4 / 5, 0.75);
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }
}

tf.serialization.registerClass(LocalResponseNormalization);
