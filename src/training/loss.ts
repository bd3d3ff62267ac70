import { tf } from '../backends/tf.js';

/**
 * Cross entropy against smoothed labels, averaged over the batch: the target is `1 − smoothing` for
 * the class, and `smoothing / classes` for each, itself included.
 *
 * @param logits `[batch, classes]`
 * @param labels `[batch]`, the numbers of the classes
 * Source: Szegedy et al. (2015), "Rethinking the Inception Architecture", Section 7.
 */
export function crossEntropy(
  logits: tf.Tensor,
  labels: tf.Tensor1D,
  labelSmoothing: number,
): tf.Scalar {
  const classes = logits.shape[1] ?? 0;
  return tf.tidy(() => {
    const targets = tf
      .oneHot(labels, classes)
      .mul(1 - labelSmoothing)
      .add(labelSmoothing / classes);
    return tf.losses.softmaxCrossEntropy(targets, logits);
  });
}
