import type { Interval } from './bootstrap.js';
import { crops, ensembles, evaluation, type EnsembleName } from './evaluation/declaration.js';
import { errorsBySeed, judgeEvaluation } from './evaluation/ensembles.js';
import type { NetworkResult } from './evaluation/evaluate-network.js';
import { judge, type Judgement } from './judge.js';
import { learningRateOf, picturesAnEpoch, stepOfDeath, valueOf } from './measures.js';
import type { RunResult } from './run.js';
import type { Claim, Comparison, Study } from './study.js';

/** What lessons read of the studies' results: plain data, a tenth as long as the results. */
export interface StudiesDigest {
  /** By the study's name and the comparison's: `comparisons.residual['blocks-5-10-5']`. */
  readonly comparisons: Readonly<Record<string, Readonly<Record<string, ComparisonDigest>>>>;
  readonly evaluation: EvaluationDigest;
}

export interface ComparisonDigest {
  readonly title: string;
  /** How many blocks the networks have, where that is what comparisons differ in. */
  readonly depth?: number;
  /** Of which set, and how many pictures to train and to test with. */
  readonly data: { readonly name: string; readonly train: number; readonly test: number };
  /** By name, in the order in which they are shown. */
  readonly arms: Readonly<Record<string, ArmDigest>>;
  readonly claims: readonly ClaimDigest[];
}

export interface ArmDigest {
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly learningRate: number;
  /** Top-1 errors, fractions, on the pictures that learning rates were chosen by. */
  readonly tuning: readonly { readonly learningRate: number; readonly error: number }[];
  /** A run a seed. */
  readonly runs: readonly RunDigest[];
}

/** Of each epoch: training loss, top-1 error, and zeros in the last feature map, as fractions. */
export interface RunDigest {
  readonly seed: number;
  readonly losses: readonly number[];
  readonly errors: readonly number[];
  readonly zeroFractions: readonly number[];
  /** How many it was trained with in an epoch. */
  readonly picturesAnEpoch: number;
  /** Counted from the training's first, from 1. */
  readonly diedInStep?: number;
}

export interface ClaimDigest extends Pick<
  Claim,
  'sentence' | 'source' | 'measure' | 'better' | 'worse'
> {
  readonly verdict: Judgement['verdict'];
  readonly seeds: number;
  /** How many pictures the interval is over, where it is not over the seeds. */
  readonly pictures?: number;
  /**
   * In the measure's unit: by how much the better is better, and its 95 % interval. Not there if the
   * runs are not done, or if some have diverged so that it has no bounds.
   */
  readonly effect?: { readonly mean: number; readonly low: number; readonly high: number };
}

export interface EvaluationDigest {
  /** How many pictures of the test set. */
  readonly pictures: number;
  /** Errors as fractions, by the seed of the ensemble's first network. */
  readonly errors: readonly EvaluatedErrors[];
  readonly claims: readonly ClaimDigest[];
}

export interface EvaluatedErrors {
  readonly ensemble: EnsembleName;
  readonly networks: number;
  readonly crops: number;
  readonly seed: number;
  readonly top1: number;
  readonly top5: number;
}

/** What is done of a study, at full size. */
export interface DoneStudy {
  readonly study: Study;
  /** To choose learning rates by. */
  readonly tuned: readonly RunResult[];
  /** The final runs. */
  readonly done: readonly RunResult[];
}

/** @param evaluated networks on the whole test set */
export function digestOf(
  studies: readonly DoneStudy[],
  evaluated: readonly NetworkResult[],
): StudiesDigest {
  return {
    comparisons: Object.fromEntries(studies.map((own) => [own.study.name, comparisonsOf(own)])),
    evaluation: evaluationOf(evaluated),
  };
}

function comparisonsOf({ study, tuned, done }: DoneStudy): Record<string, ComparisonDigest> {
  const entries = study.comparisons.flatMap((comparison) => {
    const own = (all: readonly RunResult[]) =>
      all.filter(({ config }) => config.comparison === comparison.name);
    const digest = comparisonOf(comparison, own(done), own(tuned));
    return Object.keys(digest.arms).length === 0 ? [] : [[comparison.name, digest] as const];
  });
  return Object.fromEntries(entries);
}

function comparisonOf(
  { title, depth, arms, sizes, claims }: Comparison,
  done: readonly RunResult[],
  tuned: readonly RunResult[],
): ComparisonDigest {
  const of = (arm: string, results: readonly RunResult[]) =>
    results.filter(({ config }) => config.arm === arm);
  const { data: name, train, test } = sizes.full;
  return {
    title,
    ...(depth !== undefined && { depth }),
    data: { name, train, test },
    arms: Object.fromEntries(
      Object.keys(arms).flatMap((arm) => {
        const digest = armOf(of(arm, done), of(arm, tuned));
        return digest ? [[arm, digest] as const] : [];
      }),
    ),
    claims: claims.map((claim) => claimOf(judge(claim, done))),
  };
}

function armOf(runs: readonly RunResult[], tuned: readonly RunResult[]): ArmDigest | undefined {
  const [first] = runs;
  if (!first) return undefined;
  return {
    parameters: first.parameters,
    multiplyAdds: first.multiplyAdds,
    learningRate: learningRateOf(first.config),
    tuning: tuned.map((run) => ({
      learningRate: learningRateOf(run.config),
      error: valueOf(run, 'errors'),
    })),
    runs: runs.map(runOf),
  };
}

function runOf(run: RunResult): RunDigest {
  const { config, curve } = run;
  const diedInStep = stepOfDeath(run);
  return {
    seed: config.seed,
    losses: curve.map(({ loss }) => rounded(loss)),
    errors: curve.map(({ top1 }) => rounded(top1)),
    zeroFractions: curve.map(({ zeroFraction }) => rounded(zeroFraction)),
    picturesAnEpoch: picturesAnEpoch(run),
    ...(diedInStep !== undefined && { diedInStep }),
  };
}

function claimOf({ claim, verdict, seeds, pictures, effect }: Judgement): ClaimDigest {
  const { sentence, source, measure, better, worse } = claim;
  return {
    ...{ sentence, source, measure, better, worse, verdict, seeds },
    ...(pictures !== undefined && { pictures }),
    ...(effect &&
      isBounded(effect) && {
        effect: {
          mean: rounded(effect.mean),
          low: rounded(effect.low),
          high: rounded(effect.high),
        },
      }),
  };
}

function isBounded({ mean, low, high }: Interval): boolean {
  return [mean, low, high].every(Number.isFinite);
}

function evaluationOf(results: readonly NetworkResult[]): EvaluationDigest {
  const errors = (Object.keys(ensembles) as EnsembleName[]).flatMap((ensemble) =>
    crops.flatMap((count) =>
      [...errorsBySeed(results, { ensemble, crops: count })].map(([seed, { top1, top5 }]) => ({
        ...{ ensemble, networks: ensembles[ensemble].length, crops: count, seed },
        ...{ top1: rounded(top1), top5: rounded(top5) },
      })),
    ),
  );
  return {
    pictures: evaluation.sizes.full.test,
    errors,
    claims: judgeEvaluation(results).map(claimOf),
  };
}

/** To five decimals: more than any plot or sentence shows. */
function rounded(value: number): number {
  return Number(value.toFixed(5));
}
