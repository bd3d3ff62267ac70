/** Run as a process of its own: `gpu-study.ts NAME COMPARISON FOLDER I/N BACKEND`: a share of a study. */
import { useBackend, type BackendName } from 'inception-lab';
import { StudyRunner } from '../dist/cli/run-study.js';
import { findStudy } from '../dist/training/studies/index.js';
import { Results } from '../dist/training/studies/results.js';

const [name, only, folder, share, backendName] = process.argv.slice(2) as [
  ...[string, string, string, string],
  BackendName,
];
const study = findStudy(name);
const comparisons = study.comparisons.filter((comparison) => comparison.name === only);
const [part = 1, parts = 1] = share.split('/').map(Number);
await new StudyRunner({
  study: { ...study, comparisons },
  size: 'full',
  results: new Results(folder),
  backend: await useBackend(backendName),
  shard: { part, parts },
}).run();
process.exit(0);
