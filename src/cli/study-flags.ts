import { evaluation } from '../training/studies/evaluation/declaration.js';
import { findStudy } from '../training/studies/index.js';
import type { Study, StudySize } from '../training/studies/study.js';

export interface StudyFlags {
  readonly small: boolean;
  readonly large: boolean;
  /** The name of one comparison. */
  readonly only?: string;
  readonly results: string;
}

export function sizeOf({ small, large }: Pick<StudyFlags, 'small' | 'large'>): StudySize {
  if (small && large) throw new Error('Give --small or --large, not both.');
  return small ? 'small' : large ? 'large' : 'full';
}

/** The study, with one of its comparisons alone if that is wished. */
export function chosenStudy(name: string, only: string | undefined): Study {
  const study = findStudy(name);
  if (only === undefined) return study;
  const comparisons = study.comparisons.filter((comparison) => comparison.name === only);
  if (comparisons.length > 0) return { ...study, comparisons };
  const names = study.comparisons.map((comparison) => comparison.name).join(', ');
  throw new Error(`The study ${name} has no comparison "${only}". Choose one of: ${names}.`);
}

/** It has no comparisons, no stages, and no job for a cluster. */
const notForEvaluation = ['only', 'stage', 'slurm', 'kubernetes'] as const;

/** @throws Error that names the flags that the study of evaluations does not have. */
export function requireEvaluationFlags(
  flags: Readonly<Partial<Record<(typeof notForEvaluation)[number], unknown>>>,
): void {
  const given = notForEvaluation.filter(
    (flag) => flags[flag] !== undefined && flags[flag] !== false,
  );
  if (given.length === 0) return;
  throw new Error(
    `The study ${evaluation.name} does not take ${namesOf(given)}: ` +
      'it has one comparison, no stages, and no job for a cluster.',
  );
}

/** `'--image, --claim and --gpus'` */
export function namesOf(flags: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(flags.map((flag) => `--${flag}`));
}
