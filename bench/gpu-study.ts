/**
 * Run as a process of its own: `gpu-study.ts NAME COMPARISON FOLDER I/N BACKEND [miniature]`: a share
 * of a study, or of one that ends within seconds.
 */
import { useBackend, type BackendName } from 'inception-lab';
import { StudyRunner } from '../dist/cli/run-study.js';
import { findStudy } from '../dist/training/studies/index.js';
import { Results } from '../dist/training/studies/results.js';
import type { Comparison } from '../dist/training/studies/study.js';

const [name, only, folder, share, backendName, miniature] = process.argv.slice(2) as [
  ...[string, string, string, string],
  BackendName,
  string?,
];
const study = findStudy(name);
const found = study.comparisons.filter((comparison) => comparison.name === only);
if (found.length === 0) {
  const names = study.comparisons.map((comparison) => comparison.name).join(', ');
  throw new Error(`The study ${name} has no comparison "${only}": choose of ${names}.`);
}
const comparisons = miniature === undefined ? found : found.map(inMiniature);
const [part = 1, parts = 1] = share.split('/').map(Number);
await new StudyRunner({
  study: { ...study, comparisons },
  size: 'full',
  results: new Results(folder),
  backend: await useBackend(backendName),
  shard: { part, parts },
}).run();
process.exit(0);

/** One step of two networks, with small pictures and no choice of a learning rate. */
function inMiniature({ arms, sizes, ...comparison }: Comparison): Comparison {
  const { data, training } = sizes.full;
  const full = {
    ...{ data, seeds: [1], train: 4, test: 4, shrink: 2 },
    training: { ...training, batchSize: 4, epochs: 1 },
  };
  const two = Object.fromEntries(Object.entries(arms).slice(0, 2));
  return { ...comparison, arms: two, claims: [], sizes: { ...sizes, full } };
}
