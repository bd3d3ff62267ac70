import type { tf } from '../backends/tf.js';
import { createNetwork, freezeBody } from '../models/create-network.js';
import { parseNetworkName, type NetworkName } from '../models/network-names.js';
import { networks, type AnyNetworkOptions } from '../models/networks.js';
import { trainingConfig, type TrainingConfig } from './config.js';
import type { Dataset, PictureSize } from './data/dataset.js';

/** All that a trained network depends on; plain data. */
export interface Recipe {
  readonly data: DataRecipe;
  readonly network: NetworkRecipe;
  /** What is not as published. */
  readonly training: Partial<TrainingConfig>;
  /** What came of it, for readers: no training looks at it. */
  readonly measured?: MeasuredErrors;
}

export interface MeasuredErrors {
  /** A fraction. */
  readonly top1: number;
  /** How many it was tested with. */
  readonly pictures: number;
}

export interface NetworkRecipe {
  readonly name: NetworkName;
  readonly options?: AnyNetworkOptions;
  /** A file to start from, as `createNetwork` takes it. Default: random weights */
  readonly weights?: string;
  /** `'leave'` starts with a new classifier. Default: that of the weights, if it has as many classes */
  readonly classifier?: 'load' | 'leave';
  /** Whether only the classifier is trained. Default: `false` */
  readonly frozen?: boolean;
}

export interface DataRecipe {
  /** Of a set that is known, or a folder's path. */
  readonly name: string;
  /** Pixels a side of a folder's pictures. Default: 299 */
  readonly size?: number;
  /** How many pictures to train with, from the first on. Default: all */
  readonly train?: number;
  readonly test?: number;
  /**
   * So many pictures of the training set, after those to train with, take the place of the test set:
   * to choose settings by, so that the test stays one.
   */
  readonly validation?: number;
  /** By what height and width are divided. Default: 1 */
  readonly shrink?: number;
}

/** Of a network with the stem for large pictures. */
const smallestLarge = 75;

/**
 * Reads a recipe.
 *
 * @throws Error that names what is missing or unknown in it.
 */
export function parseRecipe(text: string): Recipe {
  const { data, network, training = {}, measured, ...rest } = JSON.parse(text) as Partial<Recipe>;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined || !data?.name || !network?.name) {
    const problem = unknown === undefined ? 'lacks data.name or network.name' : `has "${unknown}"`;
    throw new Error(
      `The recipe ${problem}: it must be an object with "data" and "network", which have a "name" each, ` +
        '"training", and "measured".',
    );
  }
  parseNetworkName(network.name);
  requireKeys(network);
  trainingConfig(training);
  return { data, network, training, ...(measured && { measured }) };
}

const networkKeys = ['name', 'options', 'weights', 'classifier', 'frozen'];

function requireKeys(network: object): void {
  const unknown = Object.keys(network).find((key) => !networkKeys.includes(key));
  if (unknown === undefined) return;
  throw new Error(`The recipe's network has "${unknown}". It may have: ${networkKeys.join(', ')}.`);
}

/** Builds the network that a recipe names for pictures, with logits as its output. */
export function buildModel(
  { name, options }: Pick<NetworkRecipe, 'name' | 'options'>,
  pictures: Pictures,
  seed: number,
): tf.LayersModel {
  const build: (options: AnyNetworkOptions) => tf.LayersModel = networks[name];
  return build(networkOptions(options, pictures, seed));
}

/**
 * As {@link buildModel}, from weights if the recipe names some.
 *
 * @param tell is told what was recognized of them, in a sentence
 */
export async function startModel(
  recipe: NetworkRecipe,
  pictures: Pictures,
  seed: number,
  tell: (sentence: string) => void = console.log,
): Promise<tf.LayersModel> {
  const { name, options, weights, classifier, frozen = false } = recipe;
  const model =
    weights === undefined
      ? buildModel(recipe, pictures, seed)
      : await createNetwork(name, {
          ...networkOptions(options, pictures, seed),
          ...{ weights, tell },
          ...(classifier === undefined ? {} : { classifier }),
        });
  if (frozen) freezeBody(model);
  return model;
}

type Pictures = PictureSize & Pick<Dataset, 'classes'>;

function networkOptions(
  options: AnyNetworkOptions = {},
  { height, width, channels, classes }: Pictures,
  seed: number,
): AnyNetworkOptions {
  return {
    stem: Math.min(height, width) < smallestLarge ? 'small' : 'imagenet',
    inputShape: [height, width, channels],
    classes: classes.length,
    activation: 'linear',
    ...options,
    seed,
  };
}
