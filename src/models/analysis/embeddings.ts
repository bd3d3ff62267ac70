import { tf } from '../../backends/tf.js';
import type { Image } from '../pictures/read-image.js';
import { classifierOf, outputOf } from './class-scores.js';
import { layerNamed } from './layers-within.js';
import { batchOf } from './one-image.js';
import { requireWhole } from './require-option.js';
import { valuesOf } from './values-of.js';
import { caught, layerOutput, watchLayer } from './watch-layer.js';

export interface EmbeddingsOptions {
  /** Whose output it is. Default: what the classifier is given; without a classifier, the output. */
  readonly layer?: string;
  /** How many images the network sees at once. Default: 8. */
  readonly batchSize?: number;
}

/**
 * What a network makes of each image, as one vector: a layer's output, averaged over all places
 * where it has any. Images that look alike to the network have embeddings that point the same way.
 *
 * @param images pictures in the network's size, or a batch, which stays the caller's
 * @returns a vector an image, in their order
 * @throws Error if there are no images, if they do not fit the network, or if there is no such layer.
 */
export async function embeddings(
  model: tf.LayersModel,
  images: readonly Image[] | tf.Tensor4D,
  { layer: name, batchSize = 8 }: EmbeddingsOptions = {},
): Promise<number[][]> {
  requireWhole('batchSize', batchSize, 1);
  const all = batchOf(model, images);
  try {
    const layer = name === undefined ? undefined : layerNamed(model, name);
    const vectors: number[][] = [];
    for (let at = 0; at < all.shape[0]; at += batchSize) {
      const count = Math.min(batchSize, all.shape[0] - at);
      const part = tf.tidy(() => {
        const batch = all.slice([at, 0, 0, 0], [count, -1, -1, -1]);
        return average(layer ? layerOutput(model, layer, batch) : beforeClassifier(model, batch));
      });
      vectors.push(...(await valuesOf(part)));
    }
    return vectors;
  } finally {
    all.dispose();
  }
}

function beforeClassifier(model: tf.LayersModel, batch: tf.Tensor4D): tf.Tensor {
  const classifier = classifierOf(model);
  if (!classifier) return outputOf(model, batch);
  return caught((take) => {
    const see = (output: tf.Tensor, input: tf.Tensor) => {
      take(input);
      return output;
    };
    watchLayer(classifier.logits, see, () => outputOf(model, batch));
  });
}

/** Over all axes between the batch and the channels. */
function average(output: tf.Tensor): tf.Tensor2D {
  const places = output.shape.slice(1, -1).map((_, i) => i + 1);
  return places.length > 0 ? output.mean(places) : (output as tf.Tensor2D);
}
