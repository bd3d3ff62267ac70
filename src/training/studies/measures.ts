import { publishedTraining } from '../config.js';
import type { RunConfig, RunResult } from './run.js';
import type { Measure } from './study.js';

/** Of an epoch's result. */
const keys = { errors: 'top1', losses: 'loss', zeroFractions: 'zeroFraction' } as const;

/**
 * What a run has come to in its last epoch, or in an earlier one. One that has diverged counts as one
 * that errs on every picture, whose last feature map is all 0, and whose loss is without bound.
 */
export function valueOf({ curve, diverged }: RunResult, measure: Measure, epoch?: number): number {
  const result =
    epoch === undefined && diverged !== undefined ? undefined : curve.at((epoch ?? 0) - 1);
  return result?.[keys[measure]] ?? (measure === 'losses' ? Infinity : 1);
}

/** The learning rate that a run begins with. */
export function learningRateOf({ training }: RunConfig): number {
  return training.learningRate ?? publishedTraining.learningRate;
}

/** How many pictures a run trains with in an epoch. */
export function picturesAnEpoch({ steps, config }: RunResult): number {
  return steps * (config.training.batchSize ?? publishedTraining.batchSize);
}

/** In which step its network died, counted from the training's first, from 1; if it did. */
export function stepOfDeath({ death, steps }: RunResult): number | undefined {
  return death && (death.epoch - 1) * steps + death.step;
}
