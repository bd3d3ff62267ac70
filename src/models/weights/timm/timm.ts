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
import { inceptionResNetV2Names } from './inception-resnet-v2.js';
import { inceptionV3Names } from './inception-v3.js';
import { inceptionV4Names } from './inception-v4.js';
import type { LayerNames } from './names.js';

/** By the model's name. */
const architectures = new Map<string, LayerNames>([
  ['inceptionV3', inceptionV3Names],
  ['inceptionV4', inceptionV4Names],
  ['inceptionResNetV2', inceptionResNetV2Names],
]);

/** PyTorch's names of the weights that a layer has. */
const weightNames = new Map([
  ['kernel', 'weight'],
  ['bias', 'bias'],
  ['gamma', 'weight'],
  ['beta', 'bias'],
  ['moving_mean', 'running_mean'],
  ['moving_variance', 'running_var'],
]);

/**
 * The layout of timm's checkpoints (PyTorch Image Models, `models/inception_v4.py` and others):
 * kernels are `[out, in, height, width]` and matrices `[out, in]`. Branches and kernels are in
 * TF-slim's order.
 */
export const timmLayout: Layout = {
  open: openCheckpoint,
  locate(model) {
    const names = namesFor(model);
    return modelWeights(model).map((weight) => {
      const name = timmWeightName(weight.name, names);
      return shapeOf(weight.variable).length === 1 ? asItIs(weight, name) : kernel(weight, name);
    });
  },
  /** How many batches a normalization has averaged over: no part of what a network computes. */
  ignores: (name) => name.endsWith('.num_batches_tracked'),
  isClassifier: (name, model) =>
    classifiersIn(namesFor(model)).some((layer) =>
      [`${layer}.weight`, `${layer}.bias`].includes(name),
    ),
};

function namesFor(model: tf.LayersModel): LayerNames {
  const names = architectures.get(model.name);
  if (names) return names;
  throw new Error(
    `timm's names are not known for the model "${model.name}", but for: ` +
      `${[...architectures.keys()].join(', ')}. Build it with the function of that name.`,
  );
}

/** `features.0.bn.running_mean` of `stem/conv1/batchNorm/moving_mean`. */
function timmWeightName(name: string, names: LayerNames): string {
  const slash = name.lastIndexOf('/');
  const layer = names.get(name.slice(0, slash));
  const weight = weightNames.get(name.slice(slash + 1));
  if (layer !== undefined && weight !== undefined) return `${layer}.${weight}`;
  throw new Error(
    `timm's network has no weight like ${quote(name)}. Its branches and blocks are TF-slim's: ` +
      "build the model with variant: 'slim', Inception-v3 with 'torchvision'.",
  );
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
