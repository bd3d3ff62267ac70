/** `count` numbers in [0, 1), the same ones for the same seed: the worst that a PNG can be given. */
export function noise(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => mix(i + mix(seed)) / 2 ** 32);
}

/** The finalizer of MurmurHash3: every bit of the input changes half of the output's. */
export function mix(number: number): number {
  let x = number >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
