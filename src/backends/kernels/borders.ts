import { tf } from '../tf.js';

/** How many rows and columns of zeros lie around an image. */
export interface Borders {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** `x` with zeros around each image. */
export function padBorders(x: tf.Tensor4D, { top, bottom, left, right }: Borders): tf.Tensor4D {
  if (top === 0 && bottom === 0 && left === 0 && right === 0) return x;
  return tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}

/** `dy` with `stride - 1` zeros between neighbours: what an operation of stride 1 would have got. */
export function spread(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const [batch, height, width, channels] = dy.shape;
  // Zeros behind each row and each pixel; those behind the last ones are cut off again.
  const rows = tf.pad(dy.reshape<tf.Tensor3D>([batch * height, width, channels]), [
    [0, 0],
    [0, 0],
    [0, (strideWidth - 1) * channels],
  ]);
  const widened = strideWidth * width * channels;
  return tf
    .pad(rows.reshape<tf.Tensor2D>([batch * height, widened]), [
      [0, 0],
      [0, (strideHeight - 1) * widened],
    ])
    .reshape<tf.Tensor4D>([batch, height * strideHeight, width * strideWidth, channels])
    .slice(
      [0, 0, 0, 0],
      [batch, (height - 1) * strideHeight + 1, (width - 1) * strideWidth + 1, channels],
    );
}
