import type { Shard } from './shard.js';

/** What `--isolation` can be. */
export const isolationWishes = ['best', 'required', 'permissions'] as const;

export interface GradeFlags {
  readonly assignment: string;
  /** A source notebook of nbgrader's, in place of the course's lesson. */
  readonly source?: string;
  /** Only these. */
  readonly learner?: readonly string[];
  readonly jobs?: number;
  readonly output: string;
  readonly isolation: (typeof isolationWishes)[number];
  /** Seconds. */
  readonly callTimeout: number;
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly allowLibrary: boolean;
  readonly hiddenTests: boolean;
  readonly shard: Shard;
  /** Tasks of a job array. */
  readonly slurm?: number;
}
