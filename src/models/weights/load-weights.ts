import { tf } from '../../backends/tf.js';
import { nameOf, type Source } from '../../platform/source.js';
import { requireChoice } from '../parts/choice.js';
import {
  requireNormalization,
  setNormalization,
  type Normalization,
  type NormalizationName,
} from '../pictures/normalization.js';
import { cutBackground } from './background.js';
import { kerasLayout } from './keras/keras.js';
import { ownLayout, shapeOf, type Layout, type StoredWeight } from './layout.js';
import { facenetLayout } from './pytorch/facenet.js';
import { torchvisionLayout } from './pytorch/torchvision.js';
import { release } from './release.js';
import { storedNormalization } from './stored-normalization.js';
import { formatShape, quote } from './text.js';
import { timmLayout } from './timm/timm.js';
import type { WeightsFile, WeightsOrigin } from './weights-file.js';

export interface LoadWeightsOptions {
  /**
   * Default: `'inception-lab'`, files of `saveWeights`; `'timm'` (PyTorch Image Models),
   * `'torchvision'` and `'facenet-pytorch'`: safetensors files of these; `'keras'`: .h5, .weights.h5
   * and .keras files of Keras applications.
   */
  readonly from?: WeightsOrigin;
  /**
   * TF-slim's networks have 1001 classes, of which the first is the background. `'cut'` leaves
   * that one out where a file has one class more than the model; `'keep'` wants a model that has
   * as many. Default: `'keep'`.
   */
  readonly background?: 'keep' | 'cut';
  /**
   * `'leave'` loads all but the classifier, which stays as it is: for classes of your own. The file
   * may have a classifier of any size, or none, as Keras's `…_notop.h5`, and auxiliary ones that the
   * model does not have. Default: `'load'`.
   */
  readonly classifier?: 'load' | 'leave';
  /**
   * How pictures came to the network when it was trained. Default: what the file says, a `config.json`
   * of timm's beside it, or its origin; else pixels from −1 to 1.
   */
  readonly normalization?: NormalizationName | Normalization;
}

type OpenedOptions = LoadWeightsOptions &
  Required<Pick<LoadWeightsOptions, 'from' | 'background' | 'classifier'>>;

/** What was loaded, and what was not. */
export interface LoadedWeights {
  /** How pictures come to the model from now on. */
  readonly normalization: Normalization;
  /** The model's weights that are as they were. */
  readonly left: readonly string[];
  /** The file's tensors that no weight has. */
  readonly unused: readonly string[];
}

const layouts: Readonly<Record<WeightsOrigin, Layout>> = {
  'inception-lab': ownLayout,
  timm: timmLayout,
  torchvision: torchvisionLayout,
  'facenet-pytorch': facenetLayout,
  keras: kerasLayout,
};

/** So many differences an error lists. */
const listed = 5;

/**
 * Loads weights into a model: from a safetensors file, of float32, float16 or bfloat16, or from
 * Keras's .h5, .weights.h5 or .keras, of float32.
 *
 * The file must have every weight of the model in its shape, and no other, the classifier excepted
 * if that is left; all of that is checked before the first weight changes. Then weight by weight is read and replaced, so that loading
 * takes little more memory than the model has already.
 *
 * timm's convolutions of 1×7 and 7×1 have TF-slim's order, not the paper's. Keras has
 * `inceptionV3` and `inceptionResNetV2`, both with `variant: 'slim', batchNormScale: false`.
 *
 * @param source a path or URL, a `File`, or the file's bytes
 * @returns what was left out
 * @throws Error if the file is not whole, or does not fit the model, which then stays as it was.
 */
export async function loadWeights(
  model: tf.LayersModel,
  source: Source,
  options: LoadWeightsOptions = {},
): Promise<LoadedWeights> {
  const { from = 'inception-lab', background = 'keep', classifier = 'load' } = options;
  const layout = layoutOf(from);
  requireChoice('background', background, ['keep', 'cut']);
  requireChoice('classifier', classifier, ['load', 'leave']);
  layout.locate(model); // A model of another kind is refused before a file is read.
  const file = await layout.open(source);
  const chosen = { ...options, from, background, classifier };
  return loadOpened(model, source, file, chosen).finally(() => file.close());
}

/** As {@link loadWeights}, from a file that is open, and stays so. */
export async function loadOpened(
  model: tf.LayersModel,
  source: Source,
  file: WeightsFile,
  { from, background, classifier, normalization: given }: OpenedOptions,
): Promise<LoadedWeights> {
  const layout = layoutOf(from);
  const all = layout.locate(model, file.tensors);
  const fitted = background === 'cut' ? all.map((weight) => cutBackground(weight, file)) : all;
  const isClassifier = (name: string) => layout.isClassifier(name, model);
  const isLeft = (weight: StoredWeight) => classifier === 'leave' && weight.classAxis !== undefined;
  const weights = fitted.filter((weight) => !isLeft(weight));
  const used = new Set(weights.map(({ name }) => name));
  const isUnused = (name: string) =>
    layout.ignores(name) || (classifier === 'leave' && isClassifier(name) && !used.has(name));
  const differences = compare(weights, file, isUnused);
  if (differences.length > 0) {
    const body = fitted.filter(({ classAxis }) => classAxis === undefined);
    const fitsBody = compare(body, file, (name) => isUnused(name) || isClassifier(name));
    throw doesNotFit(model, source, from, differences, fitsBody.length === 0);
  }
  const normalization =
    given === undefined
      ? await storedNormalization(source, from, file.metadata)
      : requireNormalization(given);
  await replaceAll(largestFirst(weights), file);
  setNormalization(model, normalization);
  return {
    normalization,
    left: all.filter(isLeft).map(({ variable }) => variable.originalName),
    unused: [...file.tensors].filter(([key]) => isUnused(key)).map(([, { name }]) => name),
  };
}

function layoutOf(from: string): Layout {
  if (Object.hasOwn(layouts, from)) return layouts[from as WeightsOrigin];
  throw new Error(
    `Weights cannot be loaded from ${quote(from)}. Choose one of: ${Object.keys(layouts).join(', ')}.`,
  );
}

function compare(
  weights: readonly StoredWeight[],
  file: WeightsFile,
  isUnused: (name: string) => boolean,
): string[] {
  const names = new Set(weights.map(({ name }) => name));
  const unexpected = [...file.tensors].filter(([name]) => !names.has(name) && !isUnused(name));
  return [
    ...weights.flatMap((weight) => difference(weight, file)),
    ...unexpected.map(([, { name }]) => `${quote(name)} is in the file only`),
  ];
}

/** What keeps a tensor from becoming a weight, if anything does. */
function difference(
  { name: wanted, shape }: StoredWeight,
  { tensors, readableDtypes }: WeightsFile,
): string[] {
  const entry = tensors.get(wanted);
  if (!entry) return [`${quote(wanted)} is missing`];
  const name = quote(entry.name);
  if (!readableDtypes.includes(entry.dtype)) {
    return [`${name} is ${entry.dtype}, not ${readableDtypes.join(', ')}`];
  }
  if (tf.util.arraysEqual([...entry.shape], [...shape])) return [];
  return [`${name} is ${formatShape(entry.shape)}, not ${formatShape(shape)}`];
}

function doesNotFit(
  model: tf.LayersModel,
  source: Source,
  from: WeightsOrigin,
  differences: readonly string[],
  isOnlyClassifier: boolean,
): Error {
  const more = differences.length - listed;
  const list = differences.slice(0, listed).join('; ') + (more > 0 ? `; … and ${more} more` : '');
  const others = Object.keys(layouts).filter((origin) => origin !== from);
  const advice = isOnlyClassifier
    ? "Everything but the classifier fits: to load the rest, give { classifier: 'leave' }."
    : "Build the model with the options of the file's network; " +
      `if the file does not come from ${from}, give { from: '${others.join("' or '")}' }.`;
  return new Error(
    `The weights in ${nameOf(source)} do not fit the model "${model.name}": ${list}. ${advice}`,
  );
}

/**
 * In this order every new tensor but the first finds room where an old one was; in any other,
 * WebAssembly's memory, which never shrinks, is left with holes and grows.
 */
function largestFirst(weights: readonly StoredWeight[]): readonly StoredWeight[] {
  return [...weights].sort((a, b) => b.variable.read().size - a.variable.read().size);
}

/** While one becomes the model's, the next is read. */
async function replaceAll(weights: readonly StoredWeight[], file: WeightsFile): Promise<void> {
  const read = (weight: StoredWeight | undefined) => weight && file.read(weight.name);
  let stored = await read(weights[0]);
  for (const [i, weight] of weights.entries()) {
    const next = read(weights[i + 1]);
    if (stored) replace(weight, stored);
    stored = await next;
  }
}

function replace({ variable, convert }: StoredWeight, stored: Float32Array): void {
  const values = convert(stored);
  if (values !== stored) release(stored);
  const tensor = tf.tensor(values, [...shapeOf(variable)]);
  variable.write(tensor);
  tensor.dispose();
  // This backend has its own copy by now; others may keep the array itself.
  if (tf.getBackend() === 'wasm') release(values);
}
