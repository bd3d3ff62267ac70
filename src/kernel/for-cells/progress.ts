import { terminalLine } from '#platform';
import { inPlace } from './in-place.js';

export interface ProgressOptions {
  /** What stands before the bar: `'epoch 3'`. */
  readonly label?: string;
}

/** Milliseconds between two drawings of a bar. */
const pause = 100;

/** In characters. */
const width = 30;

/**
 * Goes through something, and draws a bar that tells how far it is and how long the rest will take:
 * one that changes in its place below a notebook's cell, and in a terminal. Elsewhere nothing is
 * drawn.
 *
 *     for (const batch of progress(batches)) await train(batch);
 *     for (const step of progress(1000, { label: 'steps' })) …
 *
 * @param items or how many there are: then the numbers from 0
 * @throws Error if that is no whole number.
 */
export function progress(total: number, options?: ProgressOptions): Generator<number>;
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Generator<T>;
export function* progress(
  items: number | Iterable<unknown>,
  { label = '' }: ProgressOptions = {},
): Generator {
  const isNumber = typeof items === 'number';
  if (isNumber && !(Number.isInteger(items) && items >= 0)) {
    throw new Error(
      `progress() takes a whole number of steps, or something to loop over; not ${items}.`,
    );
  }
  const total = isNumber ? items : sizeOf(items);
  const draw = drawer();
  const start = performance.now();
  let done = 0;
  let drawn = -Infinity;
  const show = (isLast: boolean) => {
    const now = performance.now();
    if (!isLast && now - drawn < pause) return;
    drawn = now;
    draw(barOf({ label, done, total, seconds: (now - start) / 1000 }), isLast);
  };
  show(false);
  try {
    for (const item of isNumber ? numbersBelow(items) : items) {
      yield item;
      done++;
      show(false);
    }
  } finally {
    // Also where the loop was left early, by `break` or by an error.
    show(true);
  }
}

function* numbersBelow(end: number): Generator<number> {
  for (let i = 0; i < end; i++) yield i;
}

/** How many there will be, where that is known. */
function sizeOf(items: Iterable<unknown>): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((known) => typeof known === 'number');
}

interface State {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

/** `steps ██████░░░░ 60/100, 0:12, 0:08 to go`. */
export function barOf({ label, done, total, seconds }: State): string {
  const name = label === '' ? '' : `${label} `;
  if (total === undefined) return `${name}${done}, ${clock(seconds)}`;
  const full = total === 0 ? width : Math.round((done / total) * width);
  const bar = '█'.repeat(full) + '░'.repeat(width - full);
  const rest =
    done > 0 && done < total ? `, ${clock((seconds / done) * (total - done))} to go` : '';
  return `${name}${bar} ${done}/${total}, ${clock(seconds)}${rest}`;
}

/** Minutes and seconds. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** What puts a text in the place of the one before; elsewhere than in a notebook or a terminal, nothing. */
export function drawer(): (text: string, isLast: boolean) => void {
  const replace = inPlace();
  if (replace) {
    return (text) => {
      replace({ 'text/plain': text });
    };
  }
  return terminalLine() ?? (() => undefined);
}
