import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { InvalidArgumentError } from 'commander';
import { describeBackend, useBackend } from '../backends/use-backend.js';
import type { BackendName } from '../backends/backend.js';
import { renderSvg } from '../kernel/render-svg.js';
import { findStudy, studies } from '../training/studies/index.js';
import { summarizeArms, table, verdict } from '../training/studies/report.js';
import { Results } from '../training/studies/results.js';
import { executeRun, type RunConfig, type RunResult } from '../training/studies/run.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { learningCurves } from '../viz/index.js';

export interface StudyFlags {
  readonly small: boolean;
  readonly results: string;
}

export interface RunStudyFlags extends StudyFlags {
  readonly backend?: BackendName;
  readonly shard: Shard;
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
  const results = new Results(flags.results);
  const { part, parts } = flags.shard;
  const runs = study.runs(sizeOf(flags)).filter((_, i) => i % parts === part - 1);
  const device = describeBackend(await useBackend(flags.backend));
  for (const [i, config] of runs.entries()) {
    const title = `${i + 1} of ${runs.length}: ${config.arm}, seed ${config.seed}`;
    if (results.has(config)) console.log(`${title}: is done`);
    else await doRun(config, { results, device, title });
  }
  await showStudy(name, flags);
}

async function doRun(
  config: RunConfig,
  { results, device, title }: { results: Results; device: string; title: string },
): Promise<void> {
  const release = await results.claim(config);
  if (!release) {
    console.log(`${title}: another process does it`);
    return;
  }
  try {
    const result = await executeRun(config, device, {
      folder: results.scratch(config),
      onEpoch({ epoch, loss, top1, seconds }) {
        const percent = (top1 * 100).toFixed(1);
        console.log(
          `${title}: epoch ${epoch}, loss ${loss.toFixed(3)}, top-1 error ${percent} %, ${seconds.toFixed(0)} s`,
        );
      },
    });
    if (result.diverged !== undefined) console.log(`${title}: ${result.diverged}`);
    await results.write(result);
    await results.clear(config);
  } finally {
    await release();
  }
}

/** Prints a study's table and verdict, and writes its plot. */
export async function showStudy(name: string, flags: StudyFlags): Promise<void> {
  const study = findStudy(name);
  const runs = study.runs(sizeOf(flags));
  const done = await new Results(flags.results).read(runs);
  if (done.length === 0) {
    throw new Error(
      `No run of ${name} is done. Start it with: npx inception-lab study run ${name}`,
    );
  }
  const arms = summarizeArms(study, done);
  console.log(`\n${study.question} (${study.source})\n\n${table(arms)}\n`);
  console.log(`${verdict(study.claim, arms)} ${done.length} of ${runs.length} runs are done.`);
  const plot = join(flags.results, study.name, `${sizeOf(flags)}.svg`);
  await mkdir(join(flags.results, study.name), { recursive: true });
  await writeFileAtomic(plot, renderSvg(picture(study, done)));
  console.log(`The plot is ${plot}`);
}

function picture(study: Study, results: readonly RunResult[]): ReturnType<typeof learningCurves> {
  const points = results.flatMap(({ config: { arm }, curve }) =>
    curve.map(({ epoch, top1 }) => ({ arm, epoch, value: top1 })),
  );
  return learningCurves(points, { title: study.question, arms: study.arms });
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
