import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { BackendName } from '../../backends/backend.js';
import { tf } from '../../backends/tf.js';
import { summarize } from '../../models/analysis/summarize.js';
import { saveWeights } from '../../models/weights/save-weights.js';
import { trainingConfig } from '../config.js';
import { loadData } from '../load-data.js';
import { buildModel, type Recipe } from '../recipe.js';
import { DivergedError, type Death, type EpochResult, type StepResult } from '../results.js';
import { train } from '../train.js';
import { codeVersion } from './code-version.js';
import { sorted } from './seal.js';
import { cannotWrite } from '../../platform/cannot-write.js';

/** All that a run's result depends on; plain data. */
export interface RunConfig extends Recipe {
  readonly study: string;
  readonly comparison: string;
  /** What is compared: `'with shortcuts'`. */
  readonly arm: string;
  /** Of the network and its training. */
  readonly seed: number;
}

/** What came of a run. */
export interface RunResult {
  readonly config: RunConfig;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Of an epoch. */
  readonly steps: number;
  readonly curve: readonly EpochResult[];
  /** When the network died, if it did. */
  readonly death?: Pick<Death, 'epoch' | 'step' | 'layer'>;
  /** Why the training ended before its time, if it did. */
  readonly diverged?: string;
  readonly backend: BackendName;
  readonly device: string;
  readonly versions: {
    readonly node: string;
    readonly tensorflow: string;
    readonly inceptionLab: string;
  };
  readonly date: string;
  readonly seconds: number;
}

/** A run's name: its configuration's hash, so that the same one is not run twice. */
export function runId(config: RunConfig): string {
  const whole = { ...config, training: trainingConfig({ ...config.training, seed: config.seed }) };
  return createHash('sha256')
    .update(JSON.stringify(sorted(whole)))
    .digest('hex')
    .slice(0, 12);
}

export interface RunOptions {
  /** What it computes on, to be told with the result. */
  readonly on: { readonly name: BackendName; readonly device: string };
  /** Where its checkpoints are kept: a run that was stopped goes on from there. */
  readonly folder: string;
  /** Where the trained weights are to be kept, if they are. */
  readonly weights?: string | undefined;
  readonly onEpoch?: (result: EpochResult) => void;
  readonly onStep?: (result: StepResult) => void;
}

/** Does one run, from its seed on, or from its last checkpoint. */
export async function executeRun(config: RunConfig, options: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const data = await loadData(config.data);
  const model = buildModel(config.network, data, config.seed);
  const { parameters, multiplyAdds } = summarize(model);
  const training = trainingConfig({ ...config.training, seed: config.seed });
  const steps = Math.floor(data.train.count / training.batchSize);
  const deaths = new DeathRecord(options.folder);
  let curve: readonly EpochResult[] = [];
  let before: readonly EpochResult[] = [];
  let diverged: string | undefined;
  try {
    await deaths.read();
    curve = await train(model, data, training, {
      folder: options.folder,
      ...(options.onStep && { onStep: options.onStep }),
      // Before the epoch's checkpoint: a run that goes on from there would see the network dead at once.
      onDeath: (death) => deaths.add(death),
      onResume(done) {
        curve = before = done;
      },
      onEpoch(result) {
        curve = [...curve, result];
        options.onEpoch?.(result);
      },
    });
    if (options.weights !== undefined) await saveWeights(model, options.weights);
  } catch (error) {
    // That is a result too.
    if (!(error instanceof DivergedError)) throw error;
    diverged = error.message;
  } finally {
    model.dispose();
  }
  return {
    config,
    ...{ parameters, multiplyAdds, steps, curve },
    ...(deaths.first && { death: deaths.first }),
    ...(diverged !== undefined && { diverged }),
    backend: options.on.name,
    device: options.on.device,
    versions: {
      node: process.version,
      tensorflow: tf.version.tfjs,
      inceptionLab: await codeVersion(),
    },
    date: new Date().toISOString(),
    seconds: before.reduce((sum, { seconds }) => sum + seconds, (performance.now() - begun) / 1000),
  };
}

/** When a network died, kept beside the checkpoints: a run that goes on would only see it dead. */
class DeathRecord {
  first: RunResult['death'];
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add({ epoch, step, layer }: Death): Promise<void> {
    if (this.first) return;
    this.first = { epoch, step, layer };
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFileAtomic(this.#path, JSON.stringify(this.first));
    } catch (error) {
      throw cannotWrite(`"${this.#path}"`, error);
    }
  }

  async read(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => undefined);
    if (text !== undefined) this.first = JSON.parse(text) as Death;
  }

  get #path(): string {
    return join(this.#folder, 'death.json');
  }
}
