import type { Files } from './dataset.js';

/** Numbers of one byte each. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/**
 * Reads the format of the original MNIST: two zero bytes, the type (8: unsigned bytes), how many
 * dimensions, each of them as 32 bits with the high byte first, and the numbers.
 *
 * @throws Error that names the file if it is not of that format, or cut short.
 */
export function decodeIdx(name: string, files: Files): IdxArray {
  const bytes = files[name] ?? new Uint8Array();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 4 || view.getUint32(0) >>> 8 !== 8) {
    throw new Error(`${name} is not a file of MNIST's format: it begins with other bytes.`);
  }
  const rank = view.getUint8(3);
  const start = 4 + 4 * rank;
  const isCut = () => new Error(`${name} is cut short: it has ${bytes.length} bytes.`);
  if (bytes.length < start) throw isCut();
  const shape = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== start + size) throw isCut();
  return { shape, data: bytes.subarray(start) };
}
