import type { Marked } from './marked.js';

/** Two learners whose answers are built alike. */
export interface Pair {
  readonly learners: readonly [string, string];
  /** The share of shapes that both have, of those that either has. */
  readonly likeness: number;
}

/** Fewer shapes than that are like anybody's. */
const fewest = 12;

/** From which likeness on a pair is told. */
const least = 0.8;

/** In a class of at least so many, what more than half of them have says nothing. */
const aClass = 8;

/**
 * Pairs whose syntax trees are alike, whatever their names, most alike first. Short right answers are
 * alike by themselves: it is a reason to look, and no more.
 */
export function pairsAlike(all: readonly Marked[]): Pair[] {
  const whole = all.map(
    ({ marks: { prints } }) =>
      new Set(
        Object.entries(prints).flatMap(([exercise, found]) =>
          found.map((shape) => `${exercise} ${shape}`),
        ),
      ),
  );
  const common = commonShapes(whole);
  const shapes = whole.map((own) => new Set([...own].filter((shape) => !common.has(shape))));
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

function commonShapes(all: readonly ReadonlySet<string>[]): Set<string> {
  const counts = new Map<string, number>();
  for (const own of all) {
    for (const shape of own) counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const isCommon = (count: number) => all.length >= aClass && count > all.length / 2;
  return new Set([...counts].flatMap(([shape, count]) => (isCommon(count) ? [shape] : [])));
}

function likenessOf(mine: ReadonlySet<string>, theirs: ReadonlySet<string>): number {
  let both = 0;
  for (const one of mine) if (theirs.has(one)) both++;
  return both / (mine.size + theirs.size - both);
}
