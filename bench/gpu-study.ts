/** Run as a process of its own: `gpu-study.ts NAME COMPARISON FOLDER I/N BACKEND`: a share of a study. */
import type { BackendName } from 'inception-lab';
import { parseShard, runStudy } from '../dist/cli/study.js';

const [name, only, results, shard, backend] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  BackendName,
];
await runStudy(name, {
  ...{ only, results, backend, shard: parseShard(shard) },
  ...{ small: false, large: false, slurm: false },
});
process.exit(process.exitCode ?? 0);
