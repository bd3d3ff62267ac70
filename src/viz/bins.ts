/** Bins of one width, side by side; their edges are multiples of it. */
export interface Bins {
  /** Where the first begins. */
  readonly from: number;
  readonly width: number;
  /** How many values each holds. */
  readonly counts: readonly number[];
}

/** So that a value on an edge, as far as floating point can tell, goes to the bin above it. */
const tolerance = 1e-9;

/** A width of 1, 2 or 5 times a power of ten, so that at most about `most` bins hold the values. */
export function binWidth([least, greatest]: readonly [number, number], most: number): number {
  const wanted = (greatest - least || Math.abs(greatest) || 1) / most;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5].find((step) => step * power >= wanted * (1 - tolerance)) ?? 10;
  return factor * power;
}

/** Counts values in the bins between the least and the greatest of `range`. */
export function binned(
  values: ArrayLike<number>,
  range: readonly [number, number],
  width: number,
): Bins {
  const indexOf = (value: number) => Math.floor(value / width + tolerance);
  const [first, last] = range.map(indexOf) as [number, number];
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const value of Array.from(values)) {
    const index = indexOf(value) - first;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return { from: first * width, width, counts };
}

/** The least and the greatest of several values. */
export function extentOf(values: ArrayLike<number>): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of Array.from(values)) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}
