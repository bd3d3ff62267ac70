import { tf } from '../../backends/tf.js';
import { chooseClass, logitsOf } from './class-scores.js';
import { lastSpatialLayer, layerNamed } from './layers-within.js';
import { batchOfOne, type OneImage } from './one-image.js';
import { valuesOf } from './values-of.js';
import { layerOutput, watchLayer } from './watch-layer.js';

export interface GradCamOptions {
  /** Its place among the model's outputs, from 0. Default: the most probable class. */
  readonly class?: number;
  /** Whose feature map is weighed. Default: the last one with height and width. */
  readonly layer?: string;
}

/**
 * Grad-CAM: which places of a feature map speak for a class. Each channel is weighed by how much the
 * class's logit grows with it, on average over all places; what the weighed channels add up to is
 * kept where it is above zero. (R. Selvaraju et al., "Grad-CAM: Visual Explanations from Deep
 * Networks via Gradient-based Localization", ICCV 2017, Equations 1 and 2.)
 *
 * The logit is what stands before a last softmax or sigmoid, in whatever layer that is.
 *
 * @param image a picture in the network's size, or a batch `[1, height, width, channels]`
 * @returns `map[y][x]`, in the layer's resolution, of at least 0
 * @throws Error if the image does not fit the model, if the model tells no classes, or if it has no
 *   such class or no such layer with a feature map.
 */
export async function gradCam(
  model: tf.LayersModel,
  image: OneImage,
  { class: wanted, layer: name }: GradCamOptions = {},
): Promise<number[][]> {
  const batch = batchOfOne(model, image);
  try {
    const chosen = await chooseClass(model, batch, wanted);
    const layer = name === undefined ? lastSpatialLayer(model) : layerNamed(model, name);
    return await valuesOf(tf.tidy(() => weighedMap(model, layer, batch, chosen)));
  } finally {
    batch.dispose();
  }
}

function weighedMap(
  model: tf.LayersModel,
  layer: tf.layers.Layer,
  batch: tf.Tensor4D,
  chosen: number,
): tf.Tensor2D {
  const features = layerOutput(model, layer, batch) as tf.Tensor4D;
  requireFeatureMap(layer, features);
  // The gradient by the feature map is that by something added to it.
  const logit = (change: tf.Tensor) =>
    watchLayer(
      layer,
      (output) => output.add(change),
      () => logitsOf(model, batch).slice([0, chosen], [1, 1]).asScalar(),
    );
  const gradient = tf.grad(logit)(tf.zerosLike(features));
  const weights = gradient.mean([1, 2], true);
  return features.mul(weights).sum(3).relu().squeeze([0]);
}

function requireFeatureMap({ name }: tf.layers.Layer, { shape }: tf.Tensor): void {
  if (shape.length === 4) return;
  throw new Error(
    `The layer "${name}" gives [${shape.join(', ')}], which is not a feature map ` +
      '[batch, height, width, channels]. Name a layer before it.',
  );
}
