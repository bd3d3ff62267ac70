import type { DatasetName } from '../data/sources.js';
import type { TrainingConfig } from '../config.js';
import type { NetworkRecipe } from '../recipe.js';

/** How much a study computes: minutes on any machine, hours on two cores, or days of a GPU. */
export const studySizes = ['small', 'full', 'large'] as const;

export type StudySize = (typeof studySizes)[number];

/** A question, and what is compared to answer it. */
export interface Study {
  readonly name: string;
  /** What is asked, as a sentence. */
  readonly question: string;
  /** Where the paper says what it has seen. */
  readonly source: string;
  /** In the order in which they are computed and shown: the most telling one first. */
  readonly comparisons: readonly Comparison[];
  /** What is drawn of each. Default: errors and losses against epochs */
  readonly pictures?: readonly Picture[];
  /** What is unlike the paper's experiment, and may be why other things are seen. */
  readonly differs: string;
}

/** A measure against epochs, or against what has been computed for it. */
export type Picture = Measure | 'top5' | 'errorsByCost' | 'lossesByCost';

/** Some networks that differ in what is asked alone, and what is said of them. */
export interface Comparison {
  /** Unlike that of another comparison of the study. */
  readonly name: string;
  /** What the networks have in common, as a heading. */
  readonly title: string;
  /** In the order in which they are shown. */
  readonly arms: Readonly<Record<string, Arm>>;
  /** Those in pictures. Default: all */
  readonly drawn?: readonly string[];
  readonly sizes: Readonly<Record<StudySize, ComparisonSize>>;
  /** What the paper leads one to expect. */
  readonly claims: readonly Claim[];
  /** How many blocks the networks have, where that is what comparisons differ in. */
  readonly depth?: number;
  /** Whether the weights of the final runs are kept, for a study that evaluates them. */
  readonly keepsWeights?: boolean;
}

/** One of the things that a study compares. */
export interface Arm {
  readonly network: Required<Pick<NetworkRecipe, 'name' | 'options'>>;
  /** What is peculiar to it in its training. */
  readonly training?: Partial<TrainingConfig>;
}

/** How much is computed. */
export interface ComparisonSize {
  /** Of the final runs, which are tested; the same for all arms. */
  readonly seeds: readonly number[];
  readonly data: DatasetName;
  /** How many pictures. */
  readonly train: number;
  readonly test: number;
  /** By what their height and width are divided. Default: 1 */
  readonly shrink?: number;
  /** By what the networks' widths are multiplied. Default: 1 */
  readonly widen?: number;
  /** Of all arms. */
  readonly training: Partial<TrainingConfig>;
  /** How each arm gets a learning rate of its own. Default: all have the one of `training`. */
  readonly tuning?: Tuning;
}

/** Each arm is trained with every rate, and keeps the one that errs least on other pictures. */
export interface Tuning {
  readonly rates: readonly number[];
  /** More of them for an arm whose best one lay at the edge of the list. */
  readonly moreRates?: Readonly<Record<string, readonly number[]>>;
  readonly seeds: readonly number[];
  /** How many pictures of the training set to train with, and how many after them to choose by. */
  readonly train: number;
  readonly validation: number;
}

/** Top-1 errors, training losses, or how much of the last feature map is 0. */
export const measures = ['errors', 'losses', 'zeroFractions'] as const;

export type Measure = (typeof measures)[number];

/** A quantity, less of which is better, is said to be less in one arm than in another. */
export interface Claim {
  /** What the paper says, and where. */
  readonly sentence: string;
  readonly source: string;
  readonly measure: Measure;
  readonly better: string;
  readonly worse: string;
  /** After which epoch, from 1. Default: the last */
  readonly epoch?: number;
  /**
   * For a claim that one is no worse than another: by so much it may be, in the measure's unit.
   * Default: 0, it has to be better.
   */
  readonly margin?: number;
}
