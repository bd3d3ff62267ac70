import type { LayerUse } from './layer-use.js';
import type { Attributes } from './proto.js';

interface WindowConfig {
  readonly strides: readonly number[];
  readonly padding: string;
  readonly dilationRate?: number | readonly number[];
}

/** How a convolution's kernel or a pool's window moves over its input. */
export function windowAttributes(use: LayerUse, size: readonly number[]): Attributes {
  use.requireChannelsLast();
  use.requireRank(4);
  const { strides, padding, dilationRate = 1 } = use.config as unknown as WindowConfig;
  const dilations = typeof dilationRate === 'number' ? [dilationRate, dilationRate] : dilationRate;
  return {
    kernel_shape: { ints: size },
    strides: { ints: strides },
    // Pools have no such attribute before operator set 19.
    ...(dilations.some((rate) => rate !== 1) && { dilations: { ints: dilations } }),
    ...(padding === 'same' && samePadding(use.input.shape.slice(1, 3), size, strides, dilations)),
  };
}

/**
 * TensorFlow's padding: as much as makes the output ⌈input / stride⌉ large, and where that is odd,
 * the greater half at the end. With a stride of 1 it does not depend on the input's size.
 */
function samePadding(
  input: readonly (number | null)[],
  size: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
): Attributes {
  const totals = input.map((length, axis) => {
    const stride = strides[axis] ?? 1;
    const reach = ((size[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1;
    if (stride === 1) return reach - 1;
    if (length === null) return NaN;
    return Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length);
  });
  // Of an open size, the runtime computes it: by the same rule.
  if (totals.some(Number.isNaN)) return { auto_pad: { text: 'SAME_UPPER' } };
  const before = totals.map((total) => Math.floor(total / 2));
  const after = totals.map((total) => Math.ceil(total / 2));
  return { pads: { ints: [...before, ...after] } };
}
