import { createHash } from 'node:crypto';
import { summarize } from '../../models/analysis/summarize.js';
import { tf } from '../../backends/tf.js';
import { trainingConfig } from '../config.js';
import { loadData } from '../load-data.js';
import { buildModel, type Recipe } from '../recipe.js';
import { DivergedError, type EpochResult, type TrainOptions } from '../results.js';
import { train } from '../train.js';

/** All that a run's result depends on; plain data. */
export interface RunConfig extends Recipe {
  readonly study: string;
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
  readonly curve: readonly EpochResult[];
  /** Why the training ended before its time, if it did. */
  readonly diverged?: string;
  readonly device: string;
  readonly versions: { readonly node: string; readonly tensorflow: string };
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

/** With its keys in one order, whatever order they were written in. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/**
 * Does one run, from its seed on, or from its last checkpoint.
 *
 * @param device what it computes on, to be told with the result
 */
export async function executeRun(
  config: RunConfig,
  device: string,
  options: TrainOptions = {},
): Promise<RunResult> {
  const begun = performance.now();
  const data = await loadData(config.data);
  const model = buildModel(config.network, data, config.seed);
  const { parameters, multiplyAdds } = summarize(model);
  let curve: readonly EpochResult[] = [];
  let diverged: string | undefined;
  try {
    const onEpoch = async (result: EpochResult) => {
      curve = [...curve.slice(0, result.epoch - 1), result];
      await options.onEpoch?.(result);
    };
    const training = { ...config.training, seed: config.seed };
    curve = await train(model, data, training, { ...options, onEpoch });
  } catch (error) {
    // That is a result too.
    if (!(error instanceof DivergedError)) throw error;
    diverged = error.message;
  } finally {
    model.dispose();
  }
  return {
    config,
    parameters,
    multiplyAdds,
    curve,
    ...(diverged !== undefined && { diverged }),
    device,
    versions: { node: process.version, tensorflow: tf.version.tfjs },
    date: new Date().toISOString(),
    seconds: (performance.now() - begun) / 1000,
  };
}
