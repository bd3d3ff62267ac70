import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { BackendName } from '../backends/backend.js';
import { describeBackend } from '../backends/choice.js';
import { useBackend } from '../backends/node/use-backend.js';
import { trainingProgress } from '../kernel/for-cells/training-progress.js';
import type { WeightsDtype } from '../models/weights/dtypes.js';
import { saveWeights } from '../models/weights/save-weights.js';
import { claimFolder } from '../training/claim.js';
import { publishedTraining } from '../training/config.js';
import { loadData } from '../training/load-data.js';
import { startModel } from '../training/recipe.js';
import type { EpochResult } from '../training/results.js';
import { train } from '../training/train.js';
import { clearBar } from './clear-bar.js';
import { readRecipe } from './read-recipe.js';

export interface TrainFlags {
  readonly output: string;
  readonly dtype: WeightsDtype;
  readonly backend?: BackendName;
  readonly tensorBoard?: string;
}

/** Trains the network of a recipe, and writes its weights; one that was stopped goes on. */
export async function trainRecipe(path: string, flags: TrainFlags): Promise<void> {
  const { output, dtype } = flags;
  const recipe = await readRecipe(path);
  if (existsSync(output)) {
    throw new Error(`${output} already exists. Remove it, or choose another --output.`);
  }
  const folder = `${output}.training`;
  const release = await claimFolder(folder);
  if (!release) throw new Error(`Another process is training in ${folder}.`);
  try {
    console.log(describeBackend(await useBackend(flags.backend)));
    const { seed = publishedTraining.seed } = recipe.training;
    const data = await loadData(recipe.data);
    const model = await startModel(recipe.network, data, seed);
    const live = trainingProgress();
    const curve = await train(model, data, recipe.training, {
      folder,
      ...(flags.tensorBoard !== undefined && { tensorBoard: flags.tensorBoard }),
      onStep: live.onStep,
      onEpoch(result) {
        live.onEpoch(result);
        clearBar();
        console.log(describe(result));
      },
    });
    await saveWeights(model, output, { dtype });
    const error = ((curve.at(-1)?.top1 ?? NaN) * 100).toFixed(2);
    console.log(`The weights are in ${output}; top-1 error ${error} %.`);
  } finally {
    await release();
  }
  await rm(folder, { recursive: true, force: true });
}

/** Of an epoch, one line. */
export function describe({ epoch, loss, top1, seconds }: EpochResult): string {
  const percent = (top1 * 100).toFixed(1);
  return `epoch ${epoch}, loss ${loss.toFixed(3)}, top-1 error ${percent} %, ${seconds.toFixed(0)} s`;
}
