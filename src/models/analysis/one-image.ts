import { tf } from '../../backends/tf.js';
import { imageBatch, inColoursOf } from '../pictures/images.js';
import { normalized } from '../pictures/normalization.js';
import { requireFit } from '../predict.js';
import type { Image } from '../pictures/read-image.js';

/** A picture in the network's size, or a batch of one in [−1, 1], which stays the caller's. */
export type OneImage = Image | tf.Tensor4D;

/**
 * A batch of one picture, as the network takes it.
 *
 * @returns a tensor of its own
 * @throws Error if the picture does not fit the network, or if there are several.
 */
export function batchOfOne(model: tf.LayersModel, image: OneImage): tf.Tensor4D {
  requireOneInput(model);
  if (!(image instanceof tf.Tensor)) return batchOf(model, [image]);
  if (image.shape[0] === 1) return batchOf(model, image);
  requireFit(model, image);
  throw new Error(
    `These are ${image.shape[0]} images, but only one can be looked at. ` +
      'Give a batch of one, such as batch.slice([i, 0, 0, 0], [1, -1, -1, -1]).',
  );
}

/**
 * Pictures as the network takes them.
 *
 * @returns a tensor of its own
 * @throws Error if there are none, or if they do not fit the network.
 */
export function batchOf(
  model: tf.LayersModel,
  images: readonly Image[] | tf.Tensor4D,
): tf.Tensor4D {
  requireOneInput(model);
  return tf.tidy(() => {
    const given = images instanceof tf.Tensor ? images.clone() : joined(images);
    const batch = inColoursOf(model, given);
    requireFit(model, batch);
    return normalized(model, batch);
  });
}

function joined(images: readonly Image[]): tf.Tensor4D {
  const [first] = images;
  if (!first) throw new Error('There are no images to look at. Give at least one.');
  const { height, width } = first;
  for (const [i, image] of images.entries()) {
    if (image.height === height && image.width === width) continue;
    throw new Error(
      `Image ${i} has ${image.height} × ${image.width} pixels, but the first has ${height} × ${width}. ` +
        'Give readImage the same size for all.',
    );
  }
  return imageBatch(images, [height, width]);
}

/** @throws Error if the model has several inputs. */
export function requireOneInput(model: tf.LayersModel): void {
  // A sequential model is put together when it is first used.
  if (!model.built) model.build([]);
  if (model.inputs.length === 1) return;
  throw new Error(
    `The model "${model.name}" has ${model.inputs.length} inputs. ` +
      'To look inside, give a model of one input, the image.',
  );
}
