import { tf } from '../backends/tf.js';
import { createNetwork } from '../models/create-network.js';
import { buildBlank } from '../models/parts/he-normal.js';
import type { HeightAndWidth } from '../models/pictures/resample.js';
import { parseNetworkName, type NetworkName } from '../models/network-names.js';
import { networks } from '../models/networks.js';
import { isKnown } from '../training/data/sources.js';
import { describeData } from '../training/load-data.js';
import { buildModel, startModel, type Recipe } from '../training/recipe.js';
import { readIfRecipe } from './read-recipe.js';

export interface ModelFlags {
  readonly variant?: string;
  readonly input?: [height: number, width: number, channels: number];
}

/** A model, and what goes with it. */
export interface ModelArgument {
  readonly model: tf.LayersModel;
  /** The size to look at it in, if it takes any. */
  readonly inputShape?: readonly number[];
  /** The fraction of a picture's shorter side that it is shown. */
  readonly crop: number;
  /** A name for each class, if they are known and not ImageNet's. */
  readonly labels?: readonly string[];
}

/** What timm's configurations call `crop_pct`. */
const usualCrop = 0.875;

/** Where it is another one. */
const cropFractions: Partial<Record<NetworkName, number>> = { 'inception-resnet-v2': 0.8975 };

/**
 * What the command line has after a network that looks at a picture: its weights, if they are not in
 * its own file, and the picture.
 *
 * @throws Error if there are no weights.
 */
export async function weightsAndPicture(
  network: string,
  first: string,
  second: string | undefined,
): Promise<[weights: string | undefined, picture: string]> {
  if (second !== undefined) return [first, second];
  await requireWeights(network, undefined);
  return [undefined, first];
}

/** @throws Error if a network has none, neither given nor of its own. */
export async function requireWeights(network: string, weights: string | undefined): Promise<void> {
  if (weights !== undefined || (isFile(network) && !(await readIfRecipe(network)))) return;
  throw new Error(`${network} has no weights of its own: give a file of weights after it.`);
}

/** Not a network of ours. */
const isFile = (name: string): boolean => name.endsWith('.json');

/**
 * Pixels of the pictures that a model takes.
 *
 * @throws Error if it takes any, and none is asked for.
 */
export function pictureSize({ model, inputShape }: ModelArgument): HeightAndWidth {
  const [height, width] = inputShape ?? model.inputs[0]?.shape.slice(1) ?? [];
  if (height && width) return [height, width];
  throw new Error(`${model.name} takes pictures of any size. Give one: --input 299x299`);
}

/**
 * Builds the network of this name or of a recipe, with weights from a file if one is given; or loads
 * the user's own `model.json`, as TensorFlow.js saves it, which names its weights itself.
 *
 * @throws Error if there is no such network or file, if the weights do not fit, or if a flag is not
 *   for this kind.
 */
export async function modelArgument(
  name: string,
  flags: ModelFlags & { readonly weights?: string | undefined },
): Promise<ModelArgument> {
  if (!isFile(name)) return ofNetwork(parseNetworkName(name), flags);
  if (flags.variant !== undefined) {
    throw new Error('A model from a file has no variants: leave --variant out.');
  }
  const recipe = await readIfRecipe(name);
  return recipe ? ofRecipe(recipe, flags) : ofSavedModel(name, flags);
}

type Flags = Parameters<typeof modelArgument>[1];

async function ofNetwork(
  name: NetworkName,
  { variant, input, weights }: Flags,
): Promise<ModelArgument> {
  const options = {
    ...(variant === undefined ? {} : { variant: variant as never }),
    ...(input === undefined ? {} : { inputShape: input }),
  };
  const model =
    weights === undefined
      ? buildBlank(() => networks[name](options))
      : await createNetwork(name, { ...options, weights, tell: console.error });
  return { model, crop: cropFractions[name] ?? usualCrop };
}

async function ofRecipe(
  { data, network }: Recipe,
  { input, weights }: Flags,
): Promise<ModelArgument> {
  const pictures = await describeData(data);
  const options = { ...network.options, ...(input === undefined ? {} : { inputShape: input }) };
  const own = { ...network, options };
  const model =
    weights === undefined
      ? buildBlank(() => buildModel(own, pictures, 0))
      : await startModel({ ...own, weights, classifier: 'load' }, pictures, 0, console.error);
  // As the pictures to test with were cut: those of a folder as published networks' are.
  return { model, crop: isKnown(data.name) ? 1 : usualCrop, labels: pictures.classes };
}

async function ofSavedModel(path: string, { input, weights }: Flags): Promise<ModelArgument> {
  if (weights !== undefined) {
    throw new Error(`The model ${path} has its own weights: leave ${weights} out.`);
  }
  const model = await tf.loadLayersModel(`file://${path}`);
  return { model, crop: 1, ...(input === undefined ? {} : { inputShape: input }) };
}
