import { InvalidArgumentError } from 'commander';

/** The i-th of n parts of some work, i from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

/** What of some work belongs to a part; the parts take turns. */
export function shareOf<T>(work: readonly T[], { part, parts }: Shard): T[] {
  return work.filter((_, i) => i % parts === part - 1);
}

/** Of the command line: `2/3`. */
export function parseShard(text: string): Shard {
  const [, part = 0, parts = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part >= 1 && part <= parts) return { part, parts };
  throw new InvalidArgumentError('Give a part and the number of parts: 1/3, 2/3 or 3/3.');
}
