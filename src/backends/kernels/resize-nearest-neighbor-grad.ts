import { tf } from '../tf.js';
import type { MendedKernel } from './mend.js';

/**
 * The gradient of resizing to the nearest neighbour. TensorFlow.js 4.22's plain CPU kernel looks
 * into `dy` with the offsets of the smaller image, so that all images of a batch but the first get
 * a wrong gradient. Here it sees one image at a time.
 */
export const resizeNearestNeighborGrad: MendedKernel = {
  name: 'ResizeNearestNeighborGrad',
  backends: ['cpu'],
  compute(call, stock) {
    if (!stock) throw new Error('The backend has no ResizeNearestNeighborGrad to mend.');
    const { images, dy } = call.inputs as { images: tf.Tensor4D; dy: tf.Tensor4D };
    return tf.tidy(() => {
      const imagesOneByOne = tf.split(images, images.shape[0]);
      const gradients = tf.split(dy, dy.shape[0]).map((image, i) => {
        const inputs = { images: imagesOneByOne[i]!, dy: image };
        return tf.engine().makeTensorFromTensorInfo(stock({ ...call, inputs }) as tf.TensorInfo);
      });
      return tf.concat(gradients);
    });
  },
};
