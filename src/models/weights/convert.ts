import type { Dtype, WritableDtype } from './dtypes.js';

const decoders: Partial<Record<Dtype, (bytes: Uint8Array<ArrayBuffer>) => Float32Array>> = {
  F32: ({ buffer }) => new Float32Array(buffer),
  F16: ({ buffer }) => decodeFloat16(new Uint16Array(buffer)),
  BF16: ({ buffer }) => decodeBfloat16(new Uint16Array(buffer)),
};

/** The types that can be read as numbers; the others can be listed only. */
export const readableDtypes = Object.keys(decoders) as readonly Dtype[];

/**
 * @param bytes little-endian, as the format has them; they fill their buffer, and become the
 *   result's own if they are float32
 * @throws Error if the type is none of `readableDtypes`: float32 could not hold its numbers.
 */
export function decode(dtype: Dtype, bytes: Uint8Array<ArrayBuffer>): Float32Array {
  const decoder = decoders[dtype];
  if (decoder) return decoder(bytes);
  throw new Error(`${dtype} cannot be read as float32; ${readableDtypes.join(', ')} can`);
}

/**
 * @returns little-endian bytes, as the format has them; float32's are the numbers' own
 * @throws Error if float16 cannot hold one of the numbers: the largest is 65,504.
 */
export function encode(dtype: WritableDtype, values: Float32Array): Uint8Array {
  const numbers = dtype === 'F32' ? values : encodeFloat16(values);
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** bfloat16 is the upper half of a float32. */
function decodeBfloat16(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < bits.length; i++) bits[i] = (halves[i] ?? 0) << 16;
  return new Float32Array(bits.buffer);
}

function decodeFloat16(halves: Uint16Array): Float32Array {
  // A table, since 2 ** exponent for each of 40 million weights takes seconds.
  float16Table ??= Float32Array.from({ length: 2 ** 16 }, (_, half) => float16(half));
  const values = new Float32Array(halves.length);
  for (let i = 0; i < values.length; i++) values[i] = float16Table[halves[i] ?? 0] ?? NaN;
  return values;
}

let float16Table: Float32Array | undefined;

/** IEEE 754 binary16: a sign bit, five of exponent, ten of fraction. */
function float16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function encodeFloat16(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.slice().buffer);
  return Uint16Array.from(values, (value, i) => {
    const half = toFloat16(value, ((bits[i] ?? 0) >>> 23) & 0xff);
    if (half >= 0x7c00 && Number.isFinite(value)) {
      throw new Error(`${value} is beyond float16, whose largest number is 65504`);
    }
    return half | (((bits[i] ?? 0) >>> 31) << 15);
  });
}

/** The nearest one, of two as near the even, without its sign. */
function toFloat16(value: number, exponent32: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  if (!Number.isFinite(value)) return 0x7c00;
  // Below 2^-14 all numbers are as far apart as there.
  const exponent = Math.max(exponent32 - 127, -14);
  const steps = Math.abs(value) / 2 ** (exponent - 10);
  const rest = steps % 1;
  const whole = steps - rest;
  const up = rest > 0.5 || (rest === 0.5 && whole % 2 === 1) ? 1 : 0;
  // What is rounded up to 2048 steps carries into the exponent.
  return (exponent + 14) * 1024 + whole + up;
}
