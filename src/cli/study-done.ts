import { findStudy } from '../training/studies/index.js';
import { requireOneBackend } from '../training/studies/one-backend.js';
import type { Results } from '../training/studies/results.js';
import type { RunResult } from '../training/studies/run.js';
import { ofOtherVersions, planOf, resultsOf, type Plan } from '../training/studies/runs.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { counted } from './counted.js';

/** What is done of a study, or of its part. */
export interface Done extends Plan {
  /** To choose learning rates by. */
  readonly tuned: readonly RunResult[];
  /** The final runs. */
  readonly done: readonly RunResult[];
}

/** @throws Error if results of several backends would be compared. */
export async function readDone(study: Study, size: StudySize, results: Results): Promise<Done> {
  const { results: stored } = await results.read(study.name);
  const plan = planOf(study, size, stored);
  const [tuned, done] = [resultsOf(plan.tuning, stored), resultsOf(plan.final, stored)];
  requireOneBackend([...tuned, ...done]);
  return { ...plan, tuned, done };
}

/** Says which files of a study's results do not count, and why. */
export async function tellProblems(name: string, results: Results): Promise<void> {
  const { results: stored, problems } = await results.read(name);
  for (const problem of problems) console.error(problem);
  const count = ofOtherVersions(findStudy(name), stored).length;
  if (count === 0) return;
  const [are, versions] = count === 1 ? ['is', 'another version'] : ['are', 'other versions'];
  console.error(
    `${counted(count, 'result')} in ${results.folder(name)} ${are} of ${versions} of this study, and ${are} left out.`,
  );
}
