import type { tf } from '../../backends/tf.js';
import type { Source } from '../../platform/source.js';
import { modelWeights, type ModelWeight } from './model-weights.js';
import { openCheckpoint } from './sharded-safetensors.js';
import type { WeightsFile } from './weights-file.js';

/** Where a file has a weight of a model, and how its numbers become the model's. */
export interface StoredWeight {
  readonly variable: tf.LayerVariable;
  /** In the file. */
  readonly name: string;
  /** In the file. */
  readonly shape: readonly number[];
  /** The axis of its classes in the file, if it is a classifier's. */
  readonly classAxis?: number;
  /** From the file's numbers, row-major, to the model's. */
  readonly convert: (values: Float32Array) => Float32Array;
  /** From the model's numbers to the file's. */
  readonly revert: (values: Float32Array) => Float32Array;
}

/** How the files of one origin store the weights of a model. */
export interface Layout {
  /** @throws Error that names the file and what is wrong with it. */
  readonly open: (source: Source) => Promise<WeightsFile>;
  /**
   * @param tensors the file's, where names depend on what wrote it
   * @throws Error if the origin does not know models like this one.
   */
  readonly locate: (
    model: tf.LayersModel,
    tensors?: WeightsFile['tensors'],
  ) => readonly StoredWeight[];
  /** Whether such a tensor may be in a file although no model has it. */
  readonly ignores: (name: string) => boolean;
  /** Whether a file has a weight of a classifier, or of an auxiliary one, under this name. */
  readonly isClassifier: (name: string, model: tf.LayersModel) => boolean;
}

/** The layout of `saveWeights`: the model's own names, shapes and order of numbers. */
export const ownLayout: Layout = {
  open: openCheckpoint,
  locate: (model) => modelWeights(model).map((weight) => asItIs(weight)),
  ignores: () => false,
  isClassifier: (name) => isClassifier(name) || /^auxiliary\d?\//.test(name),
};

/** A weight that a file has under this name, in the model's shape and order of numbers. */
export function asItIs({ name, variable }: ModelWeight, fileName = name): StoredWeight {
  const shape = shapeOf(variable);
  const classAxis = isClassifier(name) ? { classAxis: shape.length - 1 } : {};
  const same = (values: Float32Array) => values;
  return { variable, name: fileName, shape, ...classAxis, convert: same, revert: same };
}

/** Whether this is a weight of a layer with an output for each class. */
export function isClassifier(name: string): boolean {
  return /\/logits\/(kernel|bias)$/.test(name);
}

/** What others call the layers with an output for each class, and those of auxiliary classifiers. */
export function classifiersIn(names: ReadonlyMap<string, string>): string[] {
  return [...names]
    .filter(([ours]) => ours.endsWith('/logits') || ours.startsWith('auxiliary/'))
    .map(([, theirs]) => theirs);
}

export function shapeOf(variable: tf.LayerVariable): readonly number[] {
  return variable.shape as number[]; // a weight that exists has no unknown sizes
}
