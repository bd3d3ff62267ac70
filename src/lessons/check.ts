import { tf } from '../backends/tf.js';

export interface CheckOptions {
  /** What to look at if it is wrong. */
  readonly hint?: string;
  /** How far a number may be from the expected one. Default: 1e-4 of its size, at least 1e-4. */
  readonly tolerance?: number;
}

/** What `check` can compare: numbers, texts, truth values, tensors, and arrays of them. */
export type Checkable =
  | number
  | string
  | boolean
  | null
  | undefined
  | tf.Tensor
  | ArrayLike<number>
  | readonly Checkable[];

/**
 * Compares what a learner made with what it should be; says so if it is right.
 *
 * @param what what is compared, as the subject of a sentence: `'the output's shape'`
 * @param actual the value, or a function that makes it, whose errors are then reported as well
 * @throws CheckError that says what was expected, what came, and the hint.
 */
export function check(
  what: string,
  actual: Checkable | (() => Checkable),
  expected: Checkable,
  { hint, tolerance }: CheckOptions = {},
): void {
  const difference = tf.tidy(() => {
    try {
      const value = typeof actual === 'function' ? actual() : actual;
      return firstDifference(plain(value), plain(expected), tolerance);
    } catch (error) {
      return `your code stopped with "${(error as Error).message}"`;
    }
  });
  if (difference !== undefined) throw new CheckError(what, difference, hint);
  console.log(`✓ ${what}`);
}

/** A failed check. Its whole text, stack included, is a message for the learner. */
export class CheckError extends Error {
  override get name(): string {
    return 'CheckError';
  }

  constructor(what: string, difference: string, hint?: string) {
    super(`✗ ${what}: ${difference}.${hint === undefined ? '' : `\n  Hint: ${hint}`}`);
    this.stack = this.message;
  }

  /** How Node, and so tslab, prints it. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.message;
  }
}

type Plain = number | string | boolean | null | undefined | Plain[];

function plain(value: Checkable): Plain {
  if (value instanceof tf.Tensor) return value.arraySync();
  if (Array.isArray(value)) return (value as Checkable[]).map(plain);
  if (typeof value === 'object' && value !== null) return Array.from(value as ArrayLike<number>);
  return value;
}

/** Where the two first differ, as a clause; `undefined` if they do not. */
function firstDifference(
  actual: Plain,
  expected: Plain,
  tolerance: number | undefined,
  place = '',
): string | undefined {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    if (actual.length !== expected.length) {
      const size = (array: Plain[]) => `[${shapeOf(array).join(', ')}]`;
      return `expected shape ${size(expected)}${at(place)}, but got ${size(actual)}`;
    }
    for (const [i, value] of expected.entries()) {
      const difference = firstDifference(actual[i], value, tolerance, `${place}[${i}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isNear(actual, expected, tolerance)) return undefined;
  return `expected ${inWords(expected)}${at(place)}, but got ${inWords(actual)}`;
}

function isNear(actual: Plain, expected: Plain, tolerance?: number): boolean {
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
  if (Object.is(actual, expected)) return true;
  return Math.abs(actual - expected) <= (tolerance ?? 1e-4 * Math.max(1, Math.abs(expected)));
}

function shapeOf(value: Plain): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

function at(place: string): string {
  return place === '' ? '' : ` at ${place}`;
}

function inWords(value: Plain): string {
  if (typeof value === 'number') return `${Number(value.toPrecision(6))}`;
  if (Array.isArray(value)) return `an array of shape [${shapeOf(value).join(', ')}]`;
  return typeof value === 'string' ? `"${value}"` : `${value}`;
}
