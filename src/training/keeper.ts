import { cachePath, removeFolder } from '#platform';
import type { tf } from '../backends/tf.js';
import { fnv1a32 } from '../models/parts/hash.js';
import { modelWeights } from '../models/weights/model-weights.js';
import { restoreCheckpoint, saveCheckpoint, type TrainingState } from './checkpoint.js';
import type { TrainingConfig } from './config.js';
import type { Dataset } from './data/dataset.js';
import type { EpochResult, TrainOptions } from './results.js';

/** What keeps the epochs of a training, for when it is stopped. */
export interface Keeper {
  /** The epochs so far, with the state in which the last of them ended. */
  restore(state: TrainingState): Promise<EpochResult[]>;
  save(state: TrainingState, curve: readonly EpochResult[]): Promise<void>;
  /** The training has ended. */
  end(): Promise<void>;
}

/** @throws Error if a folder is given, and a name as well. */
export function keeperOf(
  { folder, resume }: TrainOptions,
  model: tf.LayersModel,
  data: Dataset,
  config: TrainingConfig,
): Keeper | undefined {
  if (resume === undefined) return folder === undefined ? undefined : inFolder(folder);
  if (folder === undefined) return inCache(pathOf(resume, model, data, config));
  throw new Error(
    `Both a folder, "${folder}", and a name to resume, "${resume}", are given. ` +
      'Give one of the two: folder keeps checkpoints for good, resume until the training has ended.',
  );
}

function inFolder(folder: string): Keeper {
  return {
    restore: (state) => restoreCheckpoint(folder, state),
    save: (state, curve) => saveCheckpoint(folder, state, curve),
    end: () => Promise.resolve(),
  };
}

/** Nothing is lost that cannot be made again: where nothing can be kept, the training goes on. */
function inCache(path: string): Keeper {
  const kept = inFolder(path);
  let isKept = true;
  const attempt = async <T>(keep: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return isKept ? await keep() : otherwise;
    } catch (error) {
      isKept = false;
      console.warn(
        `This training cannot be resumed if it is stopped: ${(error as Error).message.replace(/\.$/, '')}.`,
      );
      return otherwise;
    }
  };
  return {
    restore: (state) => attempt(() => kept.restore(state), []),
    save: (state, curve) => attempt(() => kept.save(state, curve), undefined),
    end: () => attempt(() => removeFolder(path), undefined),
  };
}

/** Another for everything that another training would come of. */
function pathOf(
  name: string,
  model: tf.LayersModel,
  { name: set, height, width, channels, train, test }: Dataset,
  config: TrainingConfig,
): string {
  const weights = modelWeights(model).map((weight) => [weight.name, weight.variable.shape]);
  const pictures = [set, height, width, channels, train.count, test.count];
  // Frozen layers and free ones give another training.
  const identity = [name, config, pictures, weights, model.trainableWeights.length];
  const hash = fnv1a32(JSON.stringify(identity)).toString(16).padStart(8, '0');
  return cachePath(`training-${hash}`);
}
