import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { describeBackend } from '../backends/choice.js';
import { useBackend } from '../backends/node/use-backend.js';
import type { BackendName } from '../backends/backend.js';
import { evaluation } from '../training/studies/evaluation/declaration.js';
import { renderSvg } from '../kernel/display/render-svg.js';
import { findStudy, studies } from '../training/studies/index.js';
import { judge, type Judgement } from '../training/studies/judge.js';
import { claimTable, table } from '../training/studies/report.js';
import { Results } from '../training/studies/results.js';
import { planOf, resultsOf } from '../training/studies/runs.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { kubernetesManifest, type KubernetesJob, type PodFlags } from './kubernetes.js';
import { runEvaluation, showEvaluation } from './run-evaluation.js';
import { StudyRunner, type Stage } from './run-study.js';
import type { Shard } from './shard.js';
import { submit } from './slurm.js';
import { picturesOf } from './study-pictures.js';

export interface StudyFlags {
  readonly small: boolean;
  readonly large: boolean;
  /** The name of one comparison. */
  readonly only?: string;
  readonly results: string;
}

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
  if (name === evaluation.name) {
    await runAndShowEvaluation(flags);
    return;
  }
  const study = chosenPart(findStudy(name), flags.only);
  const size = sizeOf(flags);
  if (flags.slurm) {
    const { runs, flags: more } = clusterJob(study, flags);
    const folder = resolve(flags.results);
    const command = ['study', 'run', study.name, ...more, '--results', folder];
    console.log(
      await submit({ name: study.name, tasks: runs, folder: join(folder, study.name), command }),
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
    () => showDone(study, results, flags),
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
  const { results: folder, shard } = flags;
  const size = sizeOf(flags);
  const backend = await useBackend(flags.backend);
  console.log(describeBackend(backend));
  await doAndShow(
    () => runEvaluation({ size, folder, backend, shard }),
    () => showEvaluation(folder, size),
  );
}

/** The study with one of its comparisons alone. */
function chosenPart(study: Study, only: string | undefined): Study {
  if (only === undefined) return study;
  const comparisons = study.comparisons.filter(({ name }) => name === only);
  if (comparisons.length > 0) return { ...study, comparisons };
  const names = study.comparisons.map(({ name }) => name).join(', ');
  throw new Error(`The study ${study.name} has no comparison "${only}". Choose one of: ${names}.`);
}

/** A task for each final run; one that finds its run done ends at once. */
function clusterJob(study: Study, flags: RunStudyFlags): KubernetesJob {
  const { small, large, only, backend } = flags;
  const more = [
    ...(small ? ['--small'] : []),
    ...(large ? ['--large'] : []),
    ...(only === undefined ? [] : ['--only', only]),
    ...(backend ? ['--backend', backend] : []),
  ];
  const runs = planOf(study, sizeOf(flags), []).finalCount;
  return { study: study.name, runs, flags: more };
}

/** Prints a study's tables and verdicts. */
export async function showStudy(name: string, flags: StudyFlags): Promise<void> {
  const isShown =
    name === evaluation.name
      ? showEvaluation(flags.results, sizeOf(flags))
      : showDone(chosenPart(findStudy(name), flags.only), new Results(flags.results), flags);
  if (await isShown) return;
  throw new Error(`No run of ${name} is done. Start it with: npx inception-lab study run ${name}`);
}

/** @returns whether there was something to show */
async function showDone(study: Study, results: Results, flags: StudyFlags): Promise<boolean> {
  const { results: stored, problems } = await results.read(study.name);
  for (const problem of problems) console.error(problem);
  const { tuning, final, finalCount } = planOf(study, sizeOf(flags), stored);
  const done = resultsOf(final, stored);
  const tuned = resultsOf(tuning, stored);
  if (done.length + tuned.length === 0) return false;
  console.log(`\n${study.question} (${study.source})`);
  const judgements: Judgement[] = [];
  for (const comparison of study.comparisons) {
    const own = done.filter(({ config }) => config.comparison === comparison.name);
    if (own.length > 0) console.log(`\n${comparison.title}\n\n${table(comparison, own)}`);
    judgements.push(...comparison.claims.map((claim) => judge(claim, own)));
  }
  console.log(`\n${claimTable(judgements)}\n`);
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
    throw new Error(`Cannot write "${path}": ${(error as Error).message}.`, { cause: error });
  }
}

export function sizeOf({ small, large }: Pick<StudyFlags, 'small' | 'large'>): StudySize {
  if (small && large) throw new Error('Give --small or --large, not both.');
  return small ? 'small' : large ? 'large' : 'full';
}
