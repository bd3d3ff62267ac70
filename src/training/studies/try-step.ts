import { summarize } from '../../models/analysis/summarize.js';
import { trainingConfig } from '../config.js';
import { somePictures } from '../data/dataset.js';
import { loadData } from '../load-data.js';
import { buildModel } from '../recipe.js';
import { train } from '../train.js';
import { anyRun, type Part } from './runs.js';

/** What a few steps of a run have shown. */
export interface Try {
  readonly multiplyAdds: number;
  /** Of the median step. */
  readonly seconds: number;
  /** Of an epoch of the whole run. */
  readonly steps: number;
  readonly epochs: number;
}

/** So many are timed, after some that are not: shaders are compiled then. */
const [timed, before] = [10, 3];

/** Trains a network of a comparison for a few steps. */
export async function tryArm(part: Part, arm: string): Promise<Try> {
  const config = anyRun(part, arm);
  if (!config) throw new Error(`The comparison ${part.comparison.name} has no network "${arm}".`);
  const training = trainingConfig({ ...config.training, seed: config.seed });
  const data = await loadData(config.data);
  const steps = Math.floor(data.train.count / training.batchSize);
  const few = Math.min(data.train.count, training.batchSize * (timed + before));
  const little = {
    ...data,
    train: somePictures(data.train, few),
    test: somePictures(data.test, 1),
  };
  const model = buildModel(config.network, data, config.seed);
  const times: number[] = [];
  let last = performance.now();
  await train(
    model,
    little,
    { ...training, epochs: 1 },
    {
      onStep() {
        const now = performance.now();
        times.push((now - last) / 1000);
        last = now;
      },
    },
  );
  const { multiplyAdds } = summarize(model);
  model.dispose();
  const sorted = times.slice(Math.min(before, times.length - 1)).sort((a, b) => a - b);
  const seconds = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return { multiplyAdds, seconds, steps, epochs: training.epochs };
}
