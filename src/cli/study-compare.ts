import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareResults, comparisonTable } from '../training/studies/compare.js';
import { studies } from '../training/studies/index.js';
import { Results } from '../training/studies/results.js';

/**
 * Prints by how much the runs differ that two results folders have in common: a rerun against what
 * is committed.
 *
 * @throws Error if one is not there, or if they have no run in common.
 */
export async function compareFolders(ours: string, theirs: string): Promise<void> {
  for (const folder of [ours, theirs]) {
    if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  }
  let found = 0;
  for (const { name } of studies) {
    const [own, other] = await Promise.all(
      [ours, theirs].map((folder) => new Results(folder).read(name)),
    );
    for (const problem of [...(own?.problems ?? []), ...(other?.problems ?? [])]) {
      console.error(problem);
    }
    const differences = compareResults(own?.results ?? [], other?.results ?? []);
    found += differences.length;
    if (differences.length > 0) console.log(`\n${name}\n\n${comparisonTable(differences)}`);
  }
  if (found > 0) return;
  throw new Error(
    `${ours} and ${theirs} have no run in common. Give two results folders, such as ` +
      `${join('my', 'studies')} and studies, with runs of the same version and size.`,
  );
}
