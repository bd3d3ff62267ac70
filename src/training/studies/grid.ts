import type { DatasetName } from '../data/sources.js';
import type { TrainingConfig } from '../config.js';
import type { Recipe } from '../recipe.js';
import type { RunConfig } from './run.js';
import type { StudySize } from './study.js';

/** One of the things that a study compares. */
export interface Arm {
  readonly network: Required<Recipe['network']>;
  /** What is peculiar to it in its training. */
  readonly training?: Partial<TrainingConfig>;
}

/** How much is computed. */
export interface GridSize {
  readonly seeds: readonly number[];
  readonly data: DatasetName;
  /** How many pictures. */
  readonly train: number;
  readonly test: number;
  /** By what their height and width are divided. Default: 1 */
  readonly shrink?: number;
  /** Of all arms. */
  readonly training: Partial<TrainingConfig>;
}

export interface Grid {
  readonly study: string;
  readonly arms: Readonly<Record<string, Arm>>;
  readonly sizes: Readonly<Record<StudySize, GridSize>>;
}

/** A run for every seed and arm, seed by seed, so that a study that is stopped has whole rounds. */
export function runsOf({ study, arms, sizes }: Grid): (size: StudySize) => RunConfig[] {
  return (size) => {
    const { seeds, data, train, test, shrink, training } = sizes[size];
    return seeds.flatMap((seed) =>
      Object.entries(arms).map(([arm, { network, training: own }]) => ({
        study,
        arm,
        seed,
        data: { name: data, train, test, ...(shrink !== undefined && { shrink }) },
        network,
        training: { ...training, ...own },
      })),
    );
  };
}
