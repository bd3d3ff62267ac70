import { valueOf } from './measures.js';
import { runId, type RunConfig, type RunResult } from './run.js';
import {
  studySizes,
  type Arm,
  type Comparison,
  type Study,
  type StudySize,
  type Tuning,
} from './study.js';

/** The runs of a study that can be named yet. */
export interface Plan {
  /** Those by which learning rates are chosen. */
  readonly tuning: readonly RunConfig[];
  /** Those that are tested; of an arm, when its learning rate is chosen. */
  readonly final: readonly RunConfig[];
  /** How many final runs there will be. */
  readonly finalCount: number;
}

/**
 * What a study computes, comparison by comparison, and there seed by seed, so that a study that is
 * stopped has whole rounds.
 *
 * @param results all that there are: the rates follow from them alone, wherever they are read
 */
export function planOf(study: Study, size: StudySize, results: readonly RunResult[]): Plan {
  const parts = study.comparisons.map((comparison) => ({ study, comparison, size }));
  return {
    tuning: parts.flatMap(tuningRuns),
    final: parts.flatMap((part) => finalRuns(part, results)),
    finalCount: parts.reduce(
      (sum, { comparison: { arms, sizes } }) =>
        sum + Object.keys(arms).length * sizes[size].seeds.length,
      0,
    ),
  };
}

/** One comparison of a study, at one size. */
export interface Part {
  readonly study: Study;
  readonly comparison: Comparison;
  readonly size: StudySize;
}

/** @returns none for a comparison whose learning rate is given */
export function tuningRuns(part: Part): RunConfig[] {
  const { tuning } = part.comparison.sizes[part.size];
  if (!tuning) return [];
  const { seeds, train, validation } = tuning;
  return seeds.flatMap((seed) =>
    allRates(part, tuning).flatMap((learningRate) => {
      const round = { seed, data: { train, validation }, training: () => ({ learningRate }) };
      const isForIt = ({ arm }: RunConfig) => ratesOf(arm, tuning).includes(learningRate);
      return runsOfArms(part, round).filter(isForIt);
    }),
  );
}

/** Those that any arm may get. */
function allRates({ comparison }: Part, tuning: Tuning): readonly number[] {
  return [...new Set(Object.keys(comparison.arms).flatMap((arm) => ratesOf(arm, tuning)))];
}

/** The learning rates that an arm may get. */
export function ratesOf(arm: string, { rates, moreRates = {} }: Tuning): readonly number[] {
  return [...rates, ...(moreRates[arm] ?? [])];
}

/** A final run of an arm, as if its learning rate were the one that all have: to be tried. */
export function anyRun(part: Part, arm: string): RunConfig | undefined {
  const { seeds, train, test } = part.comparison.sizes[part.size];
  const [seed = 1] = seeds;
  const runs = runsOfArms(part, { seed, data: { train, test }, training: () => ({}) });
  return runs.find((run) => run.arm === arm);
}

export function finalRuns(part: Part, results: readonly RunResult[]): RunConfig[] {
  const { tuning } = part.comparison.sizes[part.size];
  if (!tuning) return finalRunsAt(part, () => ({}));
  const tuningResults = resultsOf(tuningRuns(part), results);
  const rates = new Map(
    Object.keys(part.comparison.arms).map((arm) => [
      arm,
      chosenRate(arm, tuning, tuningResults) ??
        // Final runs are begun when all tuning runs are done: of these, some have been lost since.
        rateOfFinalRuns(part, arm, results),
    ]),
  );
  const training = (arm: string) => {
    const learningRate = rates.get(arm);
    return learningRate === undefined ? {} : { learningRate };
  };
  return finalRunsAt(part, training).filter(({ arm }) => rates.get(arm) !== undefined);
}

function finalRunsAt(part: Part, training: Round['training']): RunConfig[] {
  const { seeds, train, test } = part.comparison.sizes[part.size];
  return seeds.flatMap((seed) => runsOfArms(part, { seed, data: { train, test }, training }));
}

/** The rate that most final runs of an arm were done with; of two alike, the first. */
function rateOfFinalRuns(
  part: Part,
  arm: string,
  results: readonly RunResult[],
): number | undefined {
  const { tuning } = part.comparison.sizes[part.size];
  const rates = tuning ? ratesOf(arm, tuning) : [];
  const counts = rates.map((learningRate) => {
    const runs = finalRunsAt(part, () => ({ learningRate }));
    return resultsOf(runs, results).filter(({ config }) => config.arm === arm).length;
  });
  const most = Math.max(...counts);
  return most > 0 ? rates[counts.indexOf(most)] : undefined;
}

/**
 * The rate whose runs err least on the pictures that are for choosing; of two alike, the first.
 *
 * @returns `undefined` as long as runs are missing
 */
export function chosenRate(
  arm: string,
  tuning: Tuning,
  tuningResults: readonly RunResult[],
): number | undefined {
  const rates = ratesOf(arm, tuning);
  const own = tuningResults.filter(({ config }) => config.arm === arm);
  const errors = rates.map((rate) => {
    const runs = own.filter(({ config }) => config.training.learningRate === rate);
    return runs.length === tuning.seeds.length
      ? runs.reduce((sum, run) => sum + valueOf(run, 'errors'), 0)
      : NaN;
  });
  if (errors.some(Number.isNaN)) return undefined;
  return rates[errors.indexOf(Math.min(...errors))];
}

/** The results of these runs, in their order. */
export function resultsOf(
  runs: readonly RunConfig[],
  results: readonly RunResult[],
): readonly RunResult[] {
  const byId = new Map(results.map((result) => [runId(result.config), result]));
  return runs.map((config) => byId.get(runId(config))).filter((result) => result !== undefined);
}

/** Those that no run has, of any size and rate, as the study is declared now. */
export function ofOtherVersions(study: Study, results: readonly RunResult[]): RunResult[] {
  const runs = studySizes.flatMap((size) =>
    study.comparisons.flatMap((comparison) => possibleRuns({ study, comparison, size })),
  );
  const known = new Set(runs.map(runId));
  return results.filter(({ config }) => !known.has(runId(config)));
}

function possibleRuns(part: Part): RunConfig[] {
  const { tuning } = part.comparison.sizes[part.size];
  const trainings = tuning
    ? allRates(part, tuning).map((learningRate) => ({ learningRate }))
    : [{}];
  return [
    ...tuningRuns(part),
    ...trainings.flatMap((training) => finalRunsAt(part, () => training)),
  ];
}

interface Round {
  readonly seed: number;
  readonly data: { train: number; test?: number; validation?: number };
  readonly training: (arm: string) => Partial<RunConfig['training']>;
}

/** A run for each arm. */
function runsOfArms(
  { study, comparison, size }: Part,
  { seed, data, training }: Round,
): RunConfig[] {
  const { data: name, shrink, training: shared, widen = 1 } = comparison.sizes[size];
  return Object.entries(comparison.arms).map(([arm, declared]) => ({
    study: study.name,
    comparison: comparison.name,
    arm,
    seed,
    data: { name, ...data, ...(shrink !== undefined && { shrink }) },
    network: widened(declared.network, widen),
    training: { ...shared, ...declared.training, ...training(arm) },
  }));
}

function widened({ name, options }: Arm['network'], factor: number): Arm['network'] {
  if (factor === 1) return { name, options };
  return { name, options: { ...options, width: (options.width ?? 1) * factor } };
}
