import type { RunConfig } from './run.js';

/** How much a study computes: `'small'` for a first look on any machine. */
export type StudySize = 'small' | 'full';

/** A question, and the runs that answer it. */
export interface Study {
  readonly name: string;
  /** What is asked, as a sentence. */
  readonly question: string;
  /** Where the paper says what it has seen. */
  readonly source: string;
  /** What is compared, in the order in which it is shown. */
  readonly arms: readonly string[];
  readonly runs: (size: StudySize) => readonly RunConfig[];
  /** What the picture shows against epochs. */
  readonly picture: { readonly quantity: string; readonly of: 'top1' | 'zeroFraction' };
  /** What the paper leads one to expect. */
  readonly claims: readonly Claim[];
}

/** A quantity, less of which is better, is said to be less in one arm than in another. */
export interface Claim {
  /** Top-1 errors, or how much of the last feature map is 0; of the last epoch. */
  readonly measure: 'errors' | 'zeroFractions';
  readonly better: string;
  readonly worse: string;
  readonly sentence: string;
}
