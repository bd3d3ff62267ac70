import type { tf } from '../../../backends/tf.js';
import { channelOrders, type BranchOrder, type ChannelOrder } from '../channel-orders.js';
import { shapeOf, type Layout, type StoredWeight } from '../layout.js';
import { modelWeights, type ModelWeight } from '../model-weights.js';
import * as inceptionV4 from './inception-v4.js';

/** What must be known of an architecture to read timm's weights for it. */
export interface TimmArchitecture {
  /**
   * timm's name of a layer of ours: `features.0.conv` of `stem/conv1`.
   *
   * @throws Error if timm's network has no such layer.
   */
  readonly timmName: (layer: string) => string;
  /** How timm orders the branches of a concatenation, where not as ours are numbered. */
  readonly branchOrder: BranchOrder;
}

/** By the model's name. */
const architectures = new Map<string, TimmArchitecture>([['inceptionV4', inceptionV4]]);

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
 * kernels are `[out, in, height, width]` and matrices `[out, in]`, and a module's pool comes last.
 */
export const timmLayout: Layout = {
  locate(model) {
    const architecture = architectures.get(model.name);
    if (!architecture) {
      throw new Error(
        `timm's names are not known for the model "${model.name}", but for: ` +
          `${[...architectures.keys()].join(', ')}. Build it with the function of that name.`,
      );
    }
    const orderOf = channelOrders(architecture.branchOrder);
    return modelWeights(model).map((weight) => {
      const { layer, name } = timmWeightName(weight.name, architecture);
      if (shapeOf(weight.variable).length === 1) return vector(weight, name);
      return kernel(weight, name, orderOf(model.getLayer(layer).input as tf.SymbolicTensor));
    });
  },
  /** How many batches a normalization has averaged over: no part of what a network computes. */
  ignores: (name) => name.endsWith('.num_batches_tracked'),
};

/** `features.0.bn.running_mean` of `stem/conv1/batchNorm/moving_mean`, and its layer's name. */
function timmWeightName(
  name: string,
  { timmName }: TimmArchitecture,
): { layer: string; name: string } {
  const slash = name.lastIndexOf('/');
  const layer = name.slice(0, slash);
  const weight = weightNames.get(name.slice(slash + 1));
  if (weight !== undefined) return { layer, name: `${timmName(layer)}.${weight}` };
  throw new Error(`timm's networks have no weight like "${name}".`);
}

function vector({ variable }: ModelWeight, name: string): StoredWeight {
  return { variable, name, shape: shapeOf(variable), convert: (values) => values };
}

/** A kernel `[height, width, in, out]` or a matrix `[in, out]`. */
function kernel({ variable }: ModelWeight, name: string, inputs: ChannelOrder): StoredWeight {
  const shape = shapeOf(variable);
  const [inputCount = 0, outputCount = 0] = shape.slice(-2);
  const window = shape.slice(0, -2);
  if (inputs.length !== inputCount) {
    throw new Error(
      `"${name}" reads ${inputCount} numbers from ${inputs.length} channels, which timm's does not.`,
    );
  }
  return {
    variable,
    name,
    shape: [outputCount, inputCount, ...window],
    convert: (values) => outputsLast(values, outputCount, inputs),
  };
}

/** `[out, in, positions]` → `[positions, in, out]`, the inputs in our order. */
function outputsLast(values: Float32Array, outputs: number, inputs: ChannelOrder): Float32Array {
  const result = new Float32Array(values.length);
  const positions = values.length / (outputs * inputs.length);
  let next = 0;
  for (let position = 0; position < positions; position++) {
    for (const input of inputs) {
      for (let output = 0; output < outputs; output++) {
        const from = (output * inputs.length + input) * positions + position;
        result[next++] = values[from] ?? NaN;
      }
    }
  }
  return result;
}
