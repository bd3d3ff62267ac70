import { bootstrap, type Interval } from './bootstrap.js';
import { valueOf } from './measures.js';
import type { RunResult } from './run.js';
import type { Claim } from './study.js';

/** Fewer say nothing of how far seeds lie apart. */
export const fewestSeeds = 3;

/** Whether the runs agree with the paper; `'not done'` with fewer than three seeds. */
export type Verdict = 'seen' | 'not seen' | 'the opposite' | 'not done';

export interface Judgement {
  readonly claim: Claim;
  readonly verdict: Verdict;
  /** Seeds that both arms have. */
  readonly seeds: number;
  /** By how much the better arm is better, in the measure's unit; the interval is over the seeds. */
  readonly effect?: Interval;
  /** How many pictures the interval is over instead, where all arms answer the same ones. */
  readonly pictures?: number;
}

/**
 * Compares two arms seed by seed, since with the same seed they see the same pictures in the same
 * order.
 *
 * @param results final runs of one comparison
 */
export function judge(claim: Claim, results: readonly RunResult[]): Judgement {
  const valuesOf = (name: string) =>
    new Map(
      results
        .filter(({ config }) => config.arm === name)
        .map((result) => [result.config.seed, valueOf(result, claim.measure, claim.epoch)]),
    );
  const worse = valuesOf(claim.worse);
  const differences = [...valuesOf(claim.better)].flatMap(([seed, ours]) => {
    const theirs = worse.get(seed);
    if (theirs === undefined) return [];
    // Both may have diverged.
    return [theirs === ours ? 0 : theirs - ours];
  });
  return judgeDifferences(claim, differences, differences.length);
}

/**
 * `'seen'` if the interval of the difference lies above what the claim asks for, `'the opposite'` if
 * it lies below.
 *
 * @param differences by how much the better is better, of what the interval is over
 */
export function judgeDifferences(
  claim: Claim,
  differences: readonly number[],
  seeds: number,
): Judgement {
  if (seeds < fewestSeeds) return { claim, verdict: 'not done', seeds };
  const effect = bootstrap(differences);
  const least = -(claim.margin ?? 0);
  const verdict = effect.low > least ? 'seen' : effect.high < least ? 'the opposite' : 'not seen';
  return { claim, verdict, seeds, effect };
}
