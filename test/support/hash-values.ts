import { createHash } from 'node:crypto';

/** Repeatable values between -1 and 1, without ties: the same name, the same values. */
export function hashValues(name: string, count: number): Float32Array {
  const bytes = createHash('shake256', { outputLength: 4 * count })
    .update(name)
    .digest();
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, count);
  return Float32Array.from(words, (word) => word / 2 ** 31 - 1);
}
