import { tf } from '../tf.js';

/** The attributes of a pooling kernel. */
export interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Where a pool's windows lie on its input. */
export type PoolGeometry = tf.backend_util.Conv2DInfo;

/** @param shape of the pool's input, `[batch, height, width, channels]` */
export function poolGeometry(shape: number[], attributes: unknown): PoolGeometry {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as PoolAttributes;
  const shape4D = shape as [number, number, number, number];
  return tf.backend_util.computePool2DInfo(shape4D, filterSize, strides, 1, pad, dimRoundingMode);
}
