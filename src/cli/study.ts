import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { describeBackend } from '../backends/choice.js';
import { useBackend } from '../backends/node/use-backend.js';
import type { BackendName } from '../backends/backend.js';
import { evaluation } from '../training/studies/evaluation/declaration.js';
import { Evaluations } from '../training/studies/evaluation/stored.js';
import { renderSvg } from '../kernel/display/render-svg.js';
import { studies } from '../training/studies/index.js';
import { judge, type Judgement } from '../training/studies/judge.js';
import { claimTable, table, tooFewSeeds } from '../training/studies/report.js';
import { Results } from '../training/studies/results.js';
import { planOf } from '../training/studies/runs.js';
import type { Study } from '../training/studies/study.js';
import { kubernetesManifest, type KubernetesJob, type PodFlags } from './kubernetes.js';
import { readEvaluations, runEvaluation, showEvaluation } from './run-evaluation.js';
import { StudyRunner, type Stage } from './run-study.js';
import type { Shard } from './shard.js';
import { submit } from './slurm.js';
import { readAndTell, readDone, type Done } from './study-done.js';
import {
  chosenStudy,
  namesOf,
  requireEvaluationFlags,
  sizeOf,
  type StudyFlags,
} from './study-flags.js';
import { picturesOf } from './study-pictures.js';
import { cannotWrite } from '../platform/cannot-write.js';

export interface RunStudyFlags extends StudyFlags, PodFlags {
  readonly backend?: BackendName;
  readonly shard: Shard;
  readonly stage?: Stage;
  readonly slurm: boolean;
  readonly kubernetes?: boolean;
}

export function listStudies(): void {
  for (const { name, question, source, comparisons } of studies) {
    console.log(`${name}  ${question} (${source})`);
    for (const comparison of comparisons) console.log(`  ${comparison.name}  ${comparison.title}`);
  }
  console.log(`${evaluation.name}  ${evaluation.question} (${evaluation.source})`);
}

/** Does those runs of a study, or of its part, that are not done; then shows what there is. */
export async function runStudy(name: string, flags: RunStudyFlags): Promise<void> {
  requireClusterFlags(flags);
  if (name === evaluation.name) {
    await runAndShowEvaluation(flags);
    return;
  }
  const study = chosenStudy(name, flags.only);
  const size = sizeOf(flags);
  if (flags.slurm) {
    const { name, runs, flags: more } = clusterJob(study, flags);
    const results = resolve(flags.results);
    const command = ['study', 'run', study.name, ...more, '--results', results];
    const folder = join(results, study.name);
    console.log(
      await submit({
        name,
        file: `slurm${name.slice(study.name.length)}`,
        tasks: runs,
        folder,
        command,
      }),
    );
    return;
  }
  if (flags.kubernetes) {
    const { image, claim, parallelism, gpus } = flags;
    const job = { ...clusterJob(study, flags), image, claim, parallelism, gpus };
    process.stdout.write(kubernetesManifest(job));
    return;
  }
  const results = new Results(flags.results);
  const { shard, stage } = flags;
  const backend = await useBackend(flags.backend);
  console.log(describeBackend(backend));
  const runner = new StudyRunner({ study, size, results, backend, shard, stage });
  await doAndShow(
    () => runner.run(),
    async () => showDone(study, await readDone(study, size, results), flags),
  );
}

/** Shows what there is also where not all could be done; the error is that of doing. */
async function doAndShow(work: () => Promise<void>, show: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { message } = error as Error;
    await show().catch((second: unknown) => {
      if ((second as Error).message !== message) console.error((second as Error).message);
    });
    throw error;
  }
  await show();
}

async function runAndShowEvaluation(flags: RunStudyFlags): Promise<void> {
  requireEvaluationFlags(flags);
  const { results: folder, shard } = flags;
  const size = sizeOf(flags);
  const backend = await useBackend(flags.backend);
  console.log(describeBackend(backend));
  await doAndShow(
    () => runEvaluation({ size, folder, backend, shard }),
    async () => showEvaluation((await new Evaluations(folder).read(size)).results),
  );
}

/** @throws Error that names the flags that are for a pod, where there will be none. */
function requireClusterFlags(flags: RunStudyFlags): void {
  if (flags.kubernetes) return;
  const given = (['image', 'claim', 'parallelism', 'gpus'] as const).filter(
    (flag) => flags[flag] !== undefined,
  );
  if (given.length === 0) return;
  const [go, them] = given.length === 1 ? ['goes', 'it'] : ['go', 'them'];
  throw new Error(
    `${namesOf(given)} ${go} with --kubernetes alone: give that too, or leave ${them} out.`,
  );
}

/** A task for each run; one that finds its run done ends at once. */
function clusterJob(study: Study, flags: RunStudyFlags): KubernetesJob {
  const { small, large, only, stage, backend } = flags;
  const more = [
    ...(small ? ['--small'] : []),
    ...(large ? ['--large'] : []),
    ...(only === undefined ? [] : ['--only', only]),
    ...(stage ? ['--stage', stage] : []),
    ...(backend ? ['--backend', backend] : []),
  ];
  const size = sizeOf(flags);
  const { tuning, finalCount } = planOf(study, size, []);
  const runs = stage === 'tuning' ? tuning.length : finalCount;
  if (runs === 0) {
    throw new Error(
      `The study ${study.name} has no runs to choose learning rates: leave out --stage tuning.`,
    );
  }
  const parts = [study.name, only, size === 'full' ? undefined : size, stage];
  const name = parts.filter((part) => part !== undefined).join('-');
  return { name, study: study.name, runs, flags: more };
}

/** Prints a study's tables and verdicts. */
export async function showStudy(name: string, flags: StudyFlags): Promise<void> {
  if (await isShown(name, flags)) return;
  throw new Error(`No run of ${name} is done. Start it with: npx inception-lab study run ${name}`);
}

async function isShown(name: string, flags: StudyFlags): Promise<boolean> {
  if (name === evaluation.name) {
    requireEvaluationFlags(flags);
    return showEvaluation(await readEvaluations(flags.results, sizeOf(flags)));
  }
  const study = chosenStudy(name, flags.only);
  const results = new Results(flags.results);
  return showDone(study, await readAndTell(study, sizeOf(flags), results), flags);
}

/** @returns whether there was something to show */
async function showDone(study: Study, known: Done, flags: StudyFlags): Promise<boolean> {
  const { tuning, finalCount, tuned, done } = known;
  if (done.length + tuned.length === 0) return false;
  console.log(`\n${study.question} (${study.source})`);
  const judgements: Judgement[] = [];
  for (const comparison of study.comparisons) {
    const own = done.filter(({ config }) => config.comparison === comparison.name);
    if (own.length > 0) console.log(`\n${comparison.title}\n\n${table(comparison, own)}`);
    judgements.push(...comparison.claims.map((claim) => judge(claim, own)));
  }
  const few = tooFewSeeds(judgements);
  console.log(`\n${claimTable(judgements)}\n${few === undefined ? '' : `\n${few}\n`}`);
  for (const [picture, plot] of picturesOf(study, done)) {
    const path = join(flags.results, study.name, `${sizeOf(flags)}-${picture}.svg`);
    await writePicture(path, renderSvg(plot));
    console.log(`Picture: ${path}`);
  }
  console.log(
    `${tuned.length} of ${tuning.length} runs to choose learning rates and ` +
      `${done.length} of ${finalCount} final runs are done.`,
  );
  return true;
}

async function writePicture(path: string, svg: string): Promise<void> {
  try {
    await writeFileAtomic(path, svg);
  } catch (error) {
    throw cannotWrite(`"${path}"`, error);
  }
}
