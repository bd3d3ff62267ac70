import { tf } from '../backends/tf.js';
import { modelDifference } from './compare-models.js';

export interface CheckOptions {
  /** What to look at if it is wrong; told when it is wrong for the second time. */
  readonly hint?: string;
  /** How far a number may be from the expected one. Default: 1e-4 of its size, at least 1e-4. */
  readonly tolerance?: number;
}

/** What `check` can compare: numbers, texts, truth values, tensors, arrays of them, and models. */
export type Checkable =
  | number
  | string
  | boolean
  | null
  | undefined
  | tf.Tensor
  | tf.LayersModel
  | ArrayLike<number>
  | readonly Checkable[];

/** What failed last, and has not passed since: a second failure is told the hint. */
const failed = new Set<string>();
let hintsAtOnce = false;

/** Tells every failure the hint from now on: who has handed in has no second try. */
export function giveHintsAtOnce(): void {
  hintsAtOnce = true;
}

/**
 * Compares what a learner made with what it should be; says so if it is right.
 *
 * Models are compared by what they do with the same weights; see {@link modelDifference}.
 *
 * @param what what is compared, as the subject of a sentence: `'the output's shape'`
 * @param actual the value, or a function that makes it, whose errors are then reported as well
 * @throws CheckError that says what was expected and what came, and from the second time on the hint.
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
      if (expected instanceof tf.LayersModel) return compareModels(value, expected);
      return firstDifference(plain(value), plain(expected), tolerance);
    } catch (error) {
      return `your code stopped with "${(error as Error).message}"`;
    }
  });
  const key = JSON.stringify([what, hint]);
  if (difference !== undefined) {
    const isSecond = hintsAtOnce || failed.has(key);
    failed.add(key);
    throw new CheckError(what, difference, isSecond ? hint : undefined);
  }
  failed.delete(key);
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

function compareModels(value: Checkable, expected: tf.LayersModel): string | undefined {
  if (value instanceof tf.LayersModel) return modelDifference(value, expected);
  return `expected a model, but got ${inWords(plain(value))}`;
}

function plain(value: Checkable): Plain {
  if (value instanceof tf.Tensor) return value.arraySync();
  if (value instanceof tf.LayersModel) return `the model ${value.name}`;
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
  if (typeof value === 'number') {
    return `${Number.isInteger(value) ? value : Number(value.toPrecision(6))}`;
  }
  if (Array.isArray(value)) return `an array of shape [${shapeOf(value).join(', ')}]`;
  return typeof value === 'string' ? `"${value}"` : `${value}`;
}
