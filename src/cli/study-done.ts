import { findStudy } from '../training/studies/index.js';
import { requireOneBackend } from '../training/studies/one-backend.js';
import type { Results } from '../training/studies/results.js';
import type { RunResult } from '../training/studies/run.js';
import type { Stored } from '../training/studies/sealed-files.js';
import { ofOtherVersions, planOf, resultsOf, type Plan } from '../training/studies/runs.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { counted } from '../training/studies/counted.js';

/** What is done of a study, or of its part. */
export interface Done extends Plan {
  /** To choose learning rates by. */
  readonly tuned: readonly RunResult[];
  /** The final runs. */
  readonly done: readonly RunResult[];
}

/** @throws Error if results of several backends would be compared. */
export async function readDone(study: Study, size: StudySize, results: Results): Promise<Done> {
  return doneOf(study, size, await results.read(study.name));
}

/** As {@link readDone}; says which files do not count, and why. */
export async function readAndTell(study: Study, size: StudySize, results: Results): Promise<Done> {
  const stored = await results.read(study.name);
  tellProblems(study.name, stored, results.folder(study.name));
  return doneOf(study, size, stored);
}

function doneOf(study: Study, size: StudySize, { results: stored }: Stored<RunResult>): Done {
  const plan = planOf(study, size, stored);
  const [tuned, done] = [resultsOf(plan.tuning, stored), resultsOf(plan.final, stored)];
  requireOneBackend([...tuned, ...done]);
  return { ...plan, tuned, done };
}

function tellProblems(
  name: string,
  { results, problems }: Stored<RunResult>,
  folder: string,
): void {
  for (const problem of problems) console.error(problem);
  const count = ofOtherVersions(findStudy(name), results).length;
  if (count === 0) return;
  const [are, versions] = count === 1 ? ['is', 'another version'] : ['are', 'other versions'];
  console.error(
    `${counted(count, 'result')} in ${folder} ${are} of ${versions} of this study, and ${are} left out.`,
  );
}
