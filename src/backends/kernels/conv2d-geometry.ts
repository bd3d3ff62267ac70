import { tf } from '../tf.js';

export type Conv2DGeometry = tf.backend_util.Conv2DInfo;

interface Conv2DAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Where a convolution's windows lie on its input.
 *
 * @throws Error for channels-first data, which our networks do not use.
 */
export function conv2dGeometry(
  inputShape: number[],
  filterShape: number[],
  attributes: unknown,
): Conv2DGeometry {
  const { strides, pad, dataFormat, dimRoundingMode } = attributes as Conv2DAttributes;
  if (dataFormat !== 'NHWC') {
    throw new Error(`The gradient of conv2d takes data in NHWC, not in ${dataFormat}.`);
  }
  return tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    filterShape as [number, number, number, number],
    strides,
    1,
    pad,
    dimRoundingMode,
  );
}
