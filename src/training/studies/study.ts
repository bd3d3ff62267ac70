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
  /** What the paper leads one to expect of the last epoch's errors. */
  readonly claims: readonly Claim[];
}

/** One arm's error is said to be below another's. */
export interface Claim {
  readonly better: string;
  readonly worse: string;
  readonly sentence: string;
}
