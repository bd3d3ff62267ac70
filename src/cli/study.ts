import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { InvalidArgumentError } from 'commander';
import { describeBackend } from '../backends/choice.js';
import { useBackend } from '../backends/node/use-backend.js';
import type { BackendName } from '../backends/backend.js';
import { trainingProgress } from '../kernel/training-progress.js';
import { renderSvg } from '../kernel/render-svg.js';
import { findStudy, studies } from '../training/studies/index.js';
import { report } from '../training/studies/report.js';
import { Results } from '../training/studies/results.js';
import { executeRun, type RunConfig, type RunResult } from '../training/studies/run.js';
import { submit, type SlurmJob } from './slurm.js';
import { describe } from './train.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { learningCurves } from '../viz/index.js';

export interface StudyFlags {
  readonly small: boolean;
  readonly results: string;
}

export interface RunStudyFlags extends StudyFlags {
  readonly backend?: BackendName;
  readonly shard: Shard;
  readonly slurm: boolean;
}

/** The i-th of n parts of a study, i from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

export function listStudies(): void {
  for (const { name, question, source } of studies) console.log(`${name}  ${question} (${source})`);
}

/** Does those runs of a study, or of its part, that are not done; then shows what there is. */
export async function runStudy(name: string, flags: RunStudyFlags): Promise<void> {
  const study = findStudy(name);
  if (flags.slurm) {
    console.log(await submit(slurmJob(study, flags)));
    return;
  }
  const results = new Results(flags.results);
  const { part, parts } = flags.shard;
  const runs = study.runs(sizeOf(flags)).filter((_, i) => i % parts === part - 1);
  const device = describeBackend(await useBackend(flags.backend));
  const failures: string[] = [];
  /** @returns whether another process has it */
  const attempt = async (config: RunConfig): Promise<boolean> => {
    const title = `${runs.indexOf(config) + 1} of ${runs.length}: ${config.arm}, seed ${config.seed}`;
    if (results.has(config)) {
      console.log(`${title}: is done`);
      return false;
    }
    try {
      return !(await doRun(config, { results, device, title }));
    } catch (error) {
      // The other runs go on.
      const { message } = error as Error;
      const known = failures.includes(message);
      console.error(`${title}: ${known ? 'failed for the same reason' : message}`);
      failures.push(message);
      return false;
    }
  };
  const elsewhere: RunConfig[] = [];
  for (const config of runs) {
    if (await attempt(config)) elsewhere.push(config);
  }
  // Those processes may have died meanwhile, or been about to when this one began.
  for (const config of elsewhere) await attempt(config);
  await showDone(study, results, flags);
  if (failures.length > 0) throw new Error(`${failures.length} of ${runs.length} runs failed.`);
}

/** An array with a task for each run; one whose run is done ends at once. */
function slurmJob(study: Study, flags: RunStudyFlags): SlurmJob {
  const { small, backend, results } = flags;
  const more = [...(small ? ['--small'] : []), ...(backend ? ['--backend', backend] : [])];
  return { study: study.name, runs: study.runs(sizeOf(flags)).length, results, flags: more };
}

/** @returns whether it was this process's to do */
async function doRun(
  config: RunConfig,
  { results, device, title }: { results: Results; device: string; title: string },
): Promise<boolean> {
  const release = await results.claim(config);
  if (!release) {
    console.log(`${title}: another process does it`);
    return false;
  }
  const live = trainingProgress();
  try {
    const result = await executeRun(config, device, {
      folder: results.scratch(config),
      onStep: live.onStep,
      onEpoch(epochResult) {
        live.onEpoch(epochResult);
        console.log(`${title}: ${describe(epochResult)}`);
      },
    });
    if (result.diverged !== undefined) console.log(`${title}: ${result.diverged}`);
    await results.write(result);
    await results.clear(config);
    return true;
  } finally {
    await release();
  }
}

/** Prints a study's table and verdict, and writes its plot. */
export async function showStudy(name: string, flags: StudyFlags): Promise<void> {
  if (await showDone(findStudy(name), new Results(flags.results), flags)) return;
  throw new Error(`No run of ${name} is done. Start it with: npx inception-lab study run ${name}`);
}

/** @returns whether there was something to show */
async function showDone(study: Study, results: Results, flags: StudyFlags): Promise<boolean> {
  const runs = study.runs(sizeOf(flags));
  const done = await results.read(runs);
  if (done.length === 0) return false;
  console.log(`\n${study.question} (${study.source})\n\n${report(study, done)}\n`);
  console.log(`${done.length} of ${runs.length} runs are done.`);
  const plot = join(flags.results, study.name, `${sizeOf(flags)}.svg`);
  await mkdir(join(flags.results, study.name), { recursive: true });
  await writeFileAtomic(plot, renderSvg(picture(study, done)));
  console.log(`The plot is ${plot}`);
  return true;
}

/** Writes all studies' results, with their plots beside, as Markdown. */
export async function writeReport({
  results,
  output,
}: {
  results: string;
  output: string;
}): Promise<void> {
  const sections: string[] = [];
  for (const study of studies) {
    const runs = study.runs('full');
    const done = await new Results(results).read(runs);
    if (done.length === 0) continue;
    const plot = `${basename(output, '.md')}-${study.name}.svg`;
    await writeFileAtomic(join(dirname(output), plot), renderSvg(picture(study, done)));
    sections.push(section(study, done, runs.length, plot));
  }
  await writeFileAtomic(output, `${[preface, ...sections].join('\n\n')}\n`);
  console.log(`The report is ${output}`);
}

const preface = `# The paper's ablations, rerun

Written by \`npx inception-lab study report\` from the results in \`studies/\`, a file a run; run again with \`npx inception-lab study run NAME\`. In tables stand the mean over the seeds and, in brackets, the least and the greatest; in plots a line and a band.`;

function section(study: Study, done: readonly RunResult[], runs: number, plot: string): string {
  const [{ config, device, versions, date }] = done as [RunResult];
  const { data, training } = config;
  const minutes = done.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  const settings = Object.entries(training)
    .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
    .join(', ');
  return [
    `## ${study.name}: ${study.question}`,
    `${study.source}. Here: ${data.train} pictures of ${data.name} to train with, ${data.test} to test with; as published, but for ${settings}. ${done.length} of ${runs} runs are done, in ${minutes.toFixed(0)} minutes, on ${device}; Node ${versions.node}, TensorFlow.js ${versions.tensorflow}, ${date.slice(0, 10)}.`,
    `![${study.picture.quantity} against epochs](${plot})`,
    report(study, done),
  ].join('\n\n');
}

function picture(study: Study, results: readonly RunResult[]): ReturnType<typeof learningCurves> {
  const { quantity, of } = study.picture;
  const points = results.flatMap(({ config: { arm }, curve }) =>
    curve.map((result) => ({ arm, epoch: result.epoch, value: result[of] })),
  );
  return learningCurves(points, { title: study.question, quantity, arms: study.arms });
}

function sizeOf({ small }: StudyFlags): StudySize {
  return small ? 'small' : 'full';
}

/** Of the command line: `2/3`. */
export function parseShard(text: string): Shard {
  const [, part = 0, parts = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
  if (part >= 1 && part <= parts) return { part, parts };
  throw new InvalidArgumentError('Give a part and how many there are: 1/3, 2/3 or 3/3.');
}
