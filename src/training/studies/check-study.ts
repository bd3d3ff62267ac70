import type { Comparison, Study, StudySize } from './study.js';

/** @throws Error that says what is wrong with a study's declaration, before anything is computed. */
export function checkStudy({ name, comparisons }: Study, size: StudySize): void {
  for (const comparison of comparisons) {
    const problem = problemOf(comparison, size);
    if (problem === undefined) continue;
    throw new Error(`The study ${name} cannot be run: ${comparison.name} ${problem}.`);
  }
}

function problemOf({ arms, sizes, claims }: Comparison, size: StudySize): string | undefined {
  const { seeds, tuning } = sizes[size];
  const lists = { seeds, ...(tuning && { 'seeds for tuning': tuning.seeds, rates: tuning.rates }) };
  for (const [what, list] of Object.entries(lists)) {
    if (list.length === 0) return `has no ${what}: give at least one`;
    if (new Set(list).size < list.length) return `has ${what} twice: [${list.join(', ')}]`;
  }
  if (tuning?.seeds.some((seed) => seeds.includes(seed))) {
    return 'has a seed both for tuning and for the final runs: give others';
  }
  const unknown = claims
    .flatMap(({ better, worse }) => [better, worse])
    .find((arm) => !(arm in arms));
  return unknown === undefined
    ? undefined
    : `claims something about "${unknown}", which is not one of its networks`;
}
