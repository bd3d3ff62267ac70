import { setTimeout as sleep } from 'node:timers/promises';

/** In milliseconds, until it is looked again whether other processes have done their work. */
const pause = 3000;

/** Pieces of work that several processes share. */
export interface SharedWork<T> {
  readonly pieces: readonly T[];
  /** Whether a piece is done, by whichever process, or has failed here. */
  readonly isSettled: (piece: T) => boolean;
  /** Does a piece, unless another process does it. Never rejects. */
  readonly attempt: (piece: T) => Promise<void>;
  /** What so many pieces are that other processes do: "2 runs that other processes are doing". */
  readonly named: (count: number) => string;
}

/**
 * Until each piece is done or has failed here. Those that other processes do are waited for: such a
 * process may die, and then its piece is free.
 */
export async function completeWithOthers<T>(work: SharedWork<T>): Promise<void> {
  let told = 0;
  for (;;) {
    const missing = work.pieces.filter((piece) => !work.isSettled(piece));
    if (missing.length === 0) return;
    for (const piece of missing) await work.attempt(piece);
    const left = missing.filter((piece) => !work.isSettled(piece)).length;
    if (left < missing.length) continue;
    if (told !== left) console.log(`Waiting for ${work.named(left)}.`);
    told = left;
    await sleep(pause);
  }
}
