import type { tf } from '../../../backends/tf.js';
import { outputsFirst, outputsLast } from '../kernel-order.js';
import {
  asItIs,
  classifiersIn,
  isClassifier,
  shapeOf,
  type Layout,
  type StoredWeight,
} from '../layout.js';
import { modelWeights, type ModelWeight } from '../model-weights.js';
import { openCheckpoint } from '../sharded-safetensors.js';
import { quote } from '../text.js';
import type { LayerNames } from './names.js';

/** A library of PyTorch's whose checkpoints can be read. */
export interface PyTorchLibrary {
  /** Whose names they are: `'timm'`. */
  readonly title: string;
  /** By the model's name. */
  readonly architectures: ReadonlyMap<string, LayerNames>;
  /** How to build a model whose weights they have. */
  readonly advice: string;
  /** What its files may have besides, that our networks do not compute. */
  readonly others?: RegExp;
}

/** PyTorch's names of the weights that a layer has. */
const weightNames = new Map([
  ['kernel', 'weight'],
  ['bias', 'bias'],
  ['gamma', 'weight'],
  ['beta', 'bias'],
  ['moving_mean', 'running_mean'],
  ['moving_variance', 'running_var'],
]);

/** The layout of such checkpoints: kernels are `[out, in, height, width]` and matrices `[out, in]`. */
export function pytorchLayout({ title, architectures, advice, others }: PyTorchLibrary): Layout {
  const namesFor = (model: tf.LayersModel): LayerNames => {
    const names = architectures.get(model.name);
    if (names) return names;
    throw new Error(
      `${title}'s names are not known for the model "${model.name}", only for: ` +
        `${[...architectures.keys()].join(', ')}. Build it with the function of that name.`,
    );
  };
  const fileName = (name: string, names: LayerNames): string => {
    const slash = name.lastIndexOf('/');
    const layer = names.get(name.slice(0, slash));
    const weight = weightNames.get(name.slice(slash + 1));
    if (layer !== undefined && weight !== undefined) return `${layer}.${weight}`;
    throw new Error(`${title}'s network has no weight like ${quote(name)}. ${advice}`);
  };
  return {
    open: openCheckpoint,
    locate(model) {
      const names = namesFor(model);
      return modelWeights(model).map((weight) => {
        const name = fileName(weight.name, names);
        return shapeOf(weight.variable).length === 1 ? asItIs(weight, name) : kernel(weight, name);
      });
    },
    // How many batches a normalization has averaged over is no part of what a network computes.
    ignores: (name) => name.endsWith('.num_batches_tracked') || others?.test(name) === true,
    isClassifier: (name, model) =>
      classifiersIn(namesFor(model)).some((layer) => name.startsWith(`${layer}.`)),
  };
}

/** A kernel `[height, width, in, out]` or a matrix `[in, out]`. */
function kernel({ name: ownName, variable }: ModelWeight, name: string): StoredWeight {
  const shape = shapeOf(variable);
  const classAxis = isClassifier(ownName) ? { classAxis: 0 } : {};
  const [inputs = 0, outputs = 0] = shape.slice(-2);
  const window = shape.slice(0, -2);
  return {
    variable,
    name,
    shape: [outputs, inputs, ...window],
    ...classAxis,
    convert: (values) => outputsLast(values, { outputs, inputs }),
    revert: (values) => outputsFirst(values, { outputs, inputs }),
  };
}
