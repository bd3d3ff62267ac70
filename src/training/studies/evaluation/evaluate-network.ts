import { existsSync } from 'node:fs';
import type { BackendName } from '../../../backends/backend.js';
import { tf } from '../../../backends/tf.js';
import { loadWeights } from '../../../models/weights/load-weights.js';
import { averagedProbabilities } from '../../evaluate.js';
import { loadData } from '../../load-data.js';
import { buildModel } from '../../recipe.js';
import { codeVersion } from '../code-version.js';
import { runId, type RunConfig, type RunResult } from '../run.js';
import type { StudySize } from '../study.js';
import { crops, evaluation } from './declaration.js';
import { pack } from './pack.js';

/** What one network says of the pictures, for each number of crops. */
export interface NetworkResult extends Pick<
  RunResult,
  'backend' | 'device' | 'versions' | 'date' | 'seconds'
> {
  readonly config: {
    readonly study: string;
    readonly comparison: string;
    readonly arm: string;
    readonly seed: number;
    /** The run that has trained it. */
    readonly of: string;
    readonly test: number;
  };
  /** The classes of the pictures, a digit each. */
  readonly labels: string;
  /** By the number of crops, packed. */
  readonly probabilities: Readonly<Record<string, string>>;
}

export interface EvaluateNetworkOptions {
  readonly size: StudySize;
  /** The file that the run has kept. */
  readonly weights: string;
  readonly on: { readonly name: BackendName; readonly device: string };
  readonly onCrops?: (crops: number) => void;
}

/**
 * @param config the run that has trained the network
 * @throws Error if its weights are not there, or do not fit.
 */
export async function evaluateNetwork(
  config: RunConfig,
  { size, weights, on, onCrops }: EvaluateNetworkOptions,
): Promise<NetworkResult> {
  if (!existsSync(weights)) {
    throw new Error(
      `The weights ${weights} are missing; the run that trained them should have kept them. ` +
        `Remove its .json beside them, and run the study ${config.study} again.`,
    );
  }
  const begun = performance.now();
  const { data: name, ...counts } = evaluation.sizes[size];
  const data = await loadData({ name, train: 1, ...counts });
  const model = buildModel(config.network, data, config.seed);
  const probabilities: Record<string, string> = {};
  try {
    await loadWeights(model, weights);
    for (const count of crops) {
      const rows = await averagedProbabilities(model, data, { crops: count, batchSize: 288 });
      probabilities[count] = pack(rows);
      onCrops?.(count);
    }
  } finally {
    model.dispose();
  }
  const { comparison, arm, seed } = config;
  return {
    config: {
      study: evaluation.name,
      ...{ comparison, arm, seed },
      of: runId(config),
      test: data.test.count,
    },
    labels: data.test.labels.join(''),
    probabilities,
    backend: on.name,
    device: on.device,
    versions: {
      node: process.version,
      tensorflow: tf.version.tfjs,
      inceptionLab: await codeVersion(),
    },
    date: new Date().toISOString(),
    seconds: (performance.now() - begun) / 1000,
  };
}
