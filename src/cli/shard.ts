import { InvalidArgumentError } from 'commander';

/** The i-th of n parts of some work, i from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

/** Of the command line: `2/3`. */
export function parseShard(text: string): Shard {
  const [, part = 0, parts = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part >= 1 && part <= parts) return { part, parts };
  throw new InvalidArgumentError('Give a part and the number of parts: 1/3, 2/3 or 3/3.');
}
