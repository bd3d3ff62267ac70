import type { BackendReport } from '../backends/choice.js';
import { trainingProgress } from '../kernel/for-cells/training-progress.js';
import { checkStudy } from '../training/studies/check-study.js';
import { requireOneBackend } from '../training/studies/one-backend.js';
import type { Results } from '../training/studies/results.js';
import { executeRun, runId, type RunConfig } from '../training/studies/run.js';
import { planOf, resultsOf, type Plan } from '../training/studies/runs.js';
import type { Study, StudySize } from '../training/studies/study.js';
import { timeLeft } from '../training/studies/time-left.js';
import { counted } from '../training/studies/counted.js';
import { clearBar } from './clear-bar.js';
import { completeWithOthers } from './complete-with-others.js';
import { isOutOfRoom, makeRoom } from './out-of-room.js';
import { shareOf, type Shard } from './shard.js';
import { readAndTell } from './study-done.js';
import { describe } from './train.js';

export type Stage = 'tuning' | 'final';

export interface StudyWork {
  readonly study: Study;
  readonly size: StudySize;
  readonly results: Results;
  readonly backend: BackendReport;
  readonly shard: Shard;
  /** Only this one. Default: both */
  readonly stage?: Stage | undefined;
}

/** Does those runs of a study, or of its part, that are not done. */
export class StudyRunner {
  readonly #work: StudyWork;
  /** Of what failed here: it is not tried again. */
  readonly #failures = new Map<string, string>();
  #isOutOfRoom = false;

  constructor(work: StudyWork) {
    this.#work = work;
  }

  /** @throws Error if runs have failed, when the others are done. */
  async run(): Promise<void> {
    const { study, size, results, backend, shard, stage } = this.#work;
    checkStudy(study, size);
    const { tuning, tuned, done } = await readAndTell(study, size, results);
    const next = study.comparisons.map(({ name }) => ({
      config: { comparison: name },
      backend: backend.name,
    }));
    requireOneBackend([...tuned, ...done, ...next]);
    // A process may have died after its last run's result, before it had cleared up.
    for (const { config } of [...tuned, ...done]) await results.clear(config);
    if (stage !== 'final') await this.#tune(tuning);
    if (stage !== 'tuning') {
      const runs = (await this.#plan()).final;
      await this.#complete('final', shareOf(runs, shard), runs);
    }
    if (this.#failures.size === 0) return;
    const advice = this.#isOutOfRoom ? ` ${makeRoom}` : '';
    throw new Error(`${counted(this.#failures.size, 'run')} failed.${advice}`);
  }

  /**
   * First its own part; then, since every final run waits for all of these, whatever other processes
   * have not begun, or had begun and died.
   */
  async #tune(runs: readonly RunConfig[]): Promise<void> {
    for (const config of shareOf(runs, this.#work.shard)) {
      await this.#attempt(config, titleOf(config, 'tuning', runs));
    }
    await this.#complete('tuning', runs, runs);
  }

  #complete(stage: Stage, some: readonly RunConfig[], all: readonly RunConfig[]): Promise<void> {
    return completeWithOthers({
      pieces: some,
      isSettled: (config) => this.#isSettled(config),
      attempt: (config) => this.#attempt(config, titleOf(config, stage, all)),
      named: (count) => `${counted(count, `${stage} run`)} that other processes are doing`,
    });
  }

  async #attempt(config: RunConfig, title: string): Promise<void> {
    if (this.#isSettled(config)) return;
    try {
      await this.#do(config, title);
    } catch (error) {
      // The other runs go on.
      const { message } = error as Error;
      this.#isOutOfRoom ||= isOutOfRoom(error);
      const known = [...this.#failures.values()].includes(message);
      clearBar();
      console.error(`${title}: ${known ? 'failed for the same reason' : message}`);
      this.#failures.set(runId(config), message);
    }
  }

  /** Does nothing where another process does it. */
  async #do(config: RunConfig, title: string): Promise<void> {
    const { results } = this.#work;
    const release = await results.claim(config);
    if (!release) return;
    try {
      // Another process may have done it just before.
      if (!results.has(config)) await this.#execute(config, title);
      await results.clear(config);
    } finally {
      await release();
    }
    await this.#tellProgress();
  }

  async #execute(config: RunConfig, title: string): Promise<void> {
    const { results, backend, study } = this.#work;
    const live = trainingProgress();
    const { comparisons } = study;
    const keeps =
      config.data.validation === undefined &&
      comparisons.find(({ name }) => name === config.comparison)?.keepsWeights === true;
    const result = await executeRun(config, {
      on: backend,
      folder: results.scratch(config),
      ...(keeps && { weights: results.weights(config) }),
      onStep: live.onStep,
      onEpoch(epochResult) {
        live.onEpoch(epochResult);
        clearBar();
        console.log(`${title}: ${describe(epochResult)}`);
      },
    });
    clearBar();
    if (result.diverged !== undefined) console.log(`${title}: ${result.diverged}`);
    await results.write(result);
  }

  async #tellProgress(): Promise<void> {
    const { study, size, results, shard } = this.#work;
    const { results: stored } = await results.read(study.name);
    const { tuning, final, finalCount } = planOf(study, size, stored);
    const done = resultsOf([...tuning, ...final], stored);
    const count = tuning.length + finalCount;
    const left = timeLeft(done, count, shard.parts);
    console.log(`${done.length} of ${count} runs are done${left}.`);
  }

  async #plan(): Promise<Plan> {
    const { study, size, results } = this.#work;
    return planOf(study, size, (await results.read(study.name)).results);
  }

  #isSettled(config: RunConfig): boolean {
    return this.#work.results.has(config) || this.#failures.has(runId(config));
  }
}

function titleOf(config: RunConfig, stage: Stage, all: readonly RunConfig[]): string {
  const { comparison, arm, seed, training } = config;
  const rate = training.learningRate === undefined ? '' : `, rate ${training.learningRate}`;
  const place = `${stage} run ${all.indexOf(config) + 1} of ${all.length}`;
  return `${place}: ${comparison}, ${arm}${rate}, seed ${seed}`;
}
