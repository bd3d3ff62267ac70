import { fnv1a32 } from '../models/parts/hash.js';

/**
 * Numbers of [0, 1) that are the same on every machine for the same words: the generator mulberry32,
 * begun at their hash.
 */
export function randomNumbers(...words: readonly (string | number)[]): () => number {
  let state = fnv1a32(words.join(' '));
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers from 0 in a random order (Fisher and Yates). */
export function shuffle(count: number, random: () => number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return order;
}
