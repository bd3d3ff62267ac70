import type { Marked } from './marked.js';

/** Two learners whose answers are built alike. */
export interface Pair {
  readonly learners: readonly [string, string];
  /** The share of shapes that both have, of those that either has. */
  readonly likeness: number;
}

export interface AlikeOptions {
  /** Shapes that say nothing, since the lesson has them itself, by exercise. */
  readonly common?: Readonly<Record<string, readonly string[]>>;
  /** From which likeness on a pair is told. Default: 0.8 */
  readonly least?: number;
}

/** Fewer shapes of a learner's own than that are like anybody's. */
const fewest = 12;

/**
 * Pairs whose syntax trees are alike, whatever their names, most alike first. Short right answers are
 * alike by themselves: it is a reason to look, and no more.
 */
export function pairsAlike(
  all: readonly Marked[],
  { common = {}, least = 0.8 }: AlikeOptions = {},
): Pair[] {
  const shapes = all.map(({ marks: { prints } }) => {
    const own = Object.entries(prints).flatMap(([exercise, found]) => {
      const ignored = new Set(common[exercise]);
      return found.filter((one) => !ignored.has(one)).map((one) => `${exercise} ${one}`);
    });
    return new Set(own);
  });
  const pairs: Pair[] = [];
  for (const [i, mine] of shapes.entries()) {
    if (mine.size < fewest) continue;
    for (let j = i + 1; j < shapes.length; j++) {
      const theirs = shapes[j] ?? new Set();
      if (theirs.size < fewest) continue;
      const likeness = likenessOf(mine, theirs);
      if (likeness < least) continue;
      pairs.push({ learners: [all[i]?.learner ?? '', all[j]?.learner ?? ''], likeness });
    }
  }
  return pairs.sort((one, other) => other.likeness - one.likeness);
}

function likenessOf(mine: ReadonlySet<string>, theirs: ReadonlySet<string>): number {
  let both = 0;
  for (const one of mine) if (theirs.has(one)) both++;
  return both / (mine.size + theirs.size - both);
}
