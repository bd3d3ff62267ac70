import { inspect } from '#platform';
import type { MimeBundle } from '../../notebook/notebook.js';
import {
  clamp,
  heatMap,
  rangeOf,
  rgbPicture,
  signedScale,
  unsignedScale,
} from '../../viz/pixels.js';

/** What is shown of a tensor of TensorFlow.js. */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  data(): Promise<ArrayLike<number>>;
}

/** A `Float32Array` and its kin. */
export type NumberArray = ArrayLike<number | bigint> & object;

/** So many numbers are shown as they are; of more, the range alone. */
const mostNumbers = 24;

/** A matrix from this many rows and columns on is drawn. */
const leastSide = 4;

/** No picture has more pixels on a side, and a small one is enlarged up to about half of that. */
const mostPixels = 512;

/** A tensor in words; and a matrix as a heat map, `[height, width, 3]` as a picture. */
export async function describeTensor(
  tensor: TensorLike,
): Promise<[words: MimeBundle, ...picture: MimeBundle[]]> {
  const name = `Tensor ${tensor.dtype} [${tensor.shape.join(', ')}]`;
  if (tensor.isDisposed) return [{ 'text/plain': `${name}, disposed` }];
  const values = Array.from(await tensor.data());
  if (!isNumeric(tensor)) return [{ 'text/plain': `${name}\n${inspect(values)}` }];
  const words = { 'text/plain': `${name}\n${rangeInWords(values)}` };
  const url = pictureOf(tensor.shape, values);
  if (url === undefined) return [words];
  // In a bundle with the words, it would stand in their place.
  return [words, { 'image/png': url.replace(/^data:.*?,/, ''), 'text/plain': `${name}, drawn` }];
}

/** An array of numbers in words: kind, length, and its numbers or their range. */
export function describeNumbers(array: NumberArray): MimeBundle {
  const name = `${array.constructor.name}(${array.length})`;
  return { 'text/plain': `${name}\n${rangeInWords(Array.from(array, Number))}` };
}

function isNumeric({ dtype }: TensorLike): boolean {
  return ['float32', 'int32', 'bool'].includes(dtype);
}

function rangeInWords(values: readonly number[]): string {
  if (values.length <= mostNumbers) return values.map(short).join(', ');
  const [least, most] = rangeOf([values]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `least ${short(least)}, mean ${short(mean)}, greatest ${short(most)}`;
}

/** Four significant digits are enough to look at. */
function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** As the data URL of a PNG; `undefined` if the shape is no picture's or its numbers are not finite. */
function pictureOf(shape: readonly number[], values: readonly number[]): string | undefined {
  const [height = 0, width = 0, channels = 1] = shape;
  const isPicture = shape.length === 2 || (shape.length === 3 && [1, 3].includes(channels));
  const [least, most] = rangeOf([values]);
  if (!isPicture || Math.min(height, width) < leastSide || Math.max(height, width) > mostPixels) {
    return undefined;
  }
  if (!Number.isFinite(least) || !Number.isFinite(most)) return undefined;
  const zoom = Math.max(1, Math.floor(mostPixels / 2 / Math.max(height, width)));
  if (channels === 3) {
    // Colours are given as fractions or as bytes.
    const white = most > 1 ? 255 : 1;
    const bytes = Uint8Array.from(values, (value) => clamp(Math.round((value / white) * 255), 255));
    return rgbPicture(width, height, bytes, zoom);
  }
  const rows = Array.from({ length: height }, (_, y) => values.slice(y * width, (y + 1) * width));
  const scale = least < 0 ? signedScale(Math.max(-least, most)) : unsignedScale(most);
  return heatMap(rows, scale, zoom);
}
