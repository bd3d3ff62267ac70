import type { RunResult } from './run.js';
import type { Measure } from './study.js';

/** Of an epoch's result. */
const keys = { errors: 'top1', losses: 'loss', zeroFractions: 'zeroFraction' } as const;

/**
 * What a run has come to in its last epoch. One that has diverged counts as one that errs on every
 * picture, whose last feature map is all 0, and whose loss is without bound.
 */
export function lastOf({ curve, diverged }: RunResult, measure: Measure): number {
  const last = diverged === undefined ? curve.at(-1)?.[keys[measure]] : undefined;
  return last ?? (measure === 'losses' ? Infinity : 1);
}
