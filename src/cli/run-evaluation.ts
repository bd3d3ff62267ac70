import { rm } from 'node:fs/promises';
import type { BackendReport } from '../backends/choice.js';
import { claimFolder } from '../training/claim.js';
import { evaluation, resNet, v4 } from '../training/studies/evaluation/declaration.js';
import { judgeEvaluation, evaluationTable } from '../training/studies/evaluation/ensembles.js';
import {
  evaluateNetwork,
  type NetworkResult,
} from '../training/studies/evaluation/evaluate-network.js';
import { Evaluations } from '../training/studies/evaluation/stored.js';
import { findStudy } from '../training/studies/index.js';
import { requireOneBackend } from '../training/studies/one-backend.js';
import { inWords, tooFewSeeds } from '../training/studies/report.js';
import { Results } from '../training/studies/results.js';
import type { RunConfig } from '../training/studies/run.js';
import { planOf } from '../training/studies/runs.js';
import type { StudySize } from '../training/studies/study.js';
import { counted } from '../training/studies/counted.js';
import { completeWithOthers } from './complete-with-others.js';
import { shareOf, type Shard } from './shard.js';

export interface EvaluationWork {
  readonly size: StudySize;
  /** The folder of all studies. */
  readonly folder: string;
  readonly backend: BackendReport;
  readonly shard: Shard;
}

/**
 * Evaluates those networks of the residual study, or of its part, that are trained and not evaluated.
 *
 * @throws Error if there is none, or if some cannot be, when the others are.
 */
export async function runEvaluation({
  size,
  folder,
  backend,
  shard,
}: EvaluationWork): Promise<void> {
  const results = new Results(folder);
  const evaluations = new Evaluations(folder);
  const done = await readEvaluations(folder, size);
  const next = { config: evaluation.of, backend: backend.name };
  requireOneBackend([...done, next]);
  const networks = await trainedNetworks(results, size);
  const failures = new Set<RunConfig>();
  await completeWithOthers({
    pieces: shareOf(networks, shard),
    isSettled: (config) => failures.has(config) || evaluations.has(config, size),
    attempt: async (config) => {
      const title = `network ${networks.indexOf(config) + 1} of ${networks.length}: ${config.arm}, seed ${config.seed}`;
      try {
        await evaluateOne(config, title, { size, results, evaluations, backend });
      } catch (error) {
        // The other networks go on.
        console.error(`${title}: ${(error as Error).message}`);
        failures.add(config);
      }
    },
    named: (count) => `${counted(count, 'network')} that other processes are evaluating`,
  });
  if (failures.size === 0) return;
  throw new Error(`${counted(failures.size, 'network')} could not be evaluated.`);
}

interface OneEvaluation extends Pick<EvaluationWork, 'size' | 'backend'> {
  readonly results: Results;
  readonly evaluations: Evaluations;
}

/** Does nothing where another process does it. */
async function evaluateOne(
  config: RunConfig,
  title: string,
  { size, results, evaluations, backend }: OneEvaluation,
): Promise<void> {
  const scratch = `${results.scratch(config)}.evaluation`;
  const release = await claimFolder(scratch);
  if (!release) return;
  try {
    // Another process may have done it just before.
    if (evaluations.has(config, size)) return;
    const result = await evaluateNetwork(config, {
      ...{ size, weights: results.weights(config), on: backend },
      onCrops(count) {
        console.log(`${title}: ${counted(count, 'crop')} of each picture`);
      },
    });
    await evaluations.write(result);
  } finally {
    await release();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function trainedNetworks(results: Results, size: StudySize): Promise<RunConfig[]> {
  const { study, comparison } = evaluation.of;
  const { final } = planOf(findStudy(study), size, (await results.read(study)).results);
  const arms: readonly string[] = [resNet, v4];
  const trained = final.filter(
    (config) =>
      config.comparison === comparison && arms.includes(config.arm) && results.has(config),
  );
  if (trained.length > 0) return trained;
  throw new Error(
    'There are no trained networks yet. ' +
      `Train them with: npx inception-lab study run ${study} --only ${comparison}`,
  );
}

/**
 * Says which files do not count, and why.
 *
 * @throws Error if results of several backends would be compared.
 */
export async function readEvaluations(
  folder: string,
  size: StudySize,
): Promise<readonly NetworkResult[]> {
  const { results, problems } = await new Evaluations(folder).read(size);
  for (const problem of problems) console.error(problem);
  requireOneBackend(results);
  return results;
}

/** @returns whether there was something to show */
export function showEvaluation(results: readonly NetworkResult[]): boolean {
  if (results.length === 0) return false;
  requireOneBackend(results);
  const judgements = judgeEvaluation(results);
  const claims = judgements.map((judgement) => `- ${inWords(judgement)}`).join('\n');
  const few = tooFewSeeds(judgements);
  console.log(`\n${evaluation.question} (${evaluation.source})\n\n${evaluationTable(results)}\n`);
  console.log(`${claims}\n${few === undefined ? '' : `\n${few}\n`}`);
  const are = results.length === 1 ? 'is' : 'are';
  console.log(`${counted(results.length, 'network')} ${are} evaluated.`);
  return true;
}
