import type { tf } from '../../backends/tf.js';
import { joinChunks } from '../../platform/bytes.js';
import { ownLayout, type StoredWeight } from './layout.js';
import { storedAs, weightsDtypes, type WeightsDtype, type WritableDtype } from './dtypes.js';
import { normalizationMetadata } from './stored-normalization.js';
import { quote } from './text.js';
import { timmTensors } from './timm/timm-tensors.js';
import { safetensorsChunks, writeSafetensors, type TensorSource } from './write-safetensors.js';

/** Whose program a file of weights is for, and so how its tensors are named and laid out. */
export type WeightsTarget = 'inception-lab' | 'timm';

export interface SaveWeightsOptions {
  /** Default: `'inception-lab'`, for `loadWeights`; `'timm'`: PyTorch Image Models. */
  readonly to?: WeightsTarget;
  /** `'float16'` halves the file; of each number three digits are left. Default: `'float32'`. */
  readonly dtype?: WeightsDtype;
}

const targets: Readonly<Record<WeightsTarget, (model: tf.LayersModel) => TensorSource[]>> = {
  'inception-lab': (model) => ownLayout.locate(model).map(asSource),
  timm: timmTensors,
};

/**
 * Saves a model's weights, moving averages included, in the safetensors format, each
 * under its layer's name and its own: `stem/conv1/kernel`, `stem/conv1/batchNorm/moving_mean`.
 *
 * At every moment the file is the old one or the new one, whole. A browser keeps it under that name,
 * for `loadWeights`. Without a path, the file's bytes are given.
 *
 * How pictures come to the model (`setNormalization`) is told in the file too, where it is not from −1
 * to 1.
 *
 * With `to: 'timm'` tensors have timm's names and shapes, and `load_state_dict` takes them as they
 * are. timm has `inceptionV4` and `inceptionResNetV2` with `variant: 'slim'`, and `inceptionV3` with
 * `'torchvision'`, all with `stem: 'imagenet'` and the residual scales that are their own.
 *
 * @throws Error that names the file and says why it cannot be written, or that says why timm does not
 *   have such a network.
 */
export async function saveWeights(
  model: tf.LayersModel,
  path: string,
  options?: SaveWeightsOptions,
): Promise<void>;
export async function saveWeights(
  model: tf.LayersModel,
  path?: undefined,
  options?: SaveWeightsOptions,
): Promise<Uint8Array>;
export async function saveWeights(
  model: tf.LayersModel,
  path?: string,
  { to = 'inception-lab', dtype = 'float32' }: SaveWeightsOptions = {},
): Promise<unknown> {
  const tensors = tensorsFor(to)(model);
  const options = { metadata: normalizationMetadata(model), dtype: dtypeOf(dtype) };
  return path === undefined
    ? joinChunks(safetensorsChunks(tensors, options))
    : writeSafetensors(path, tensors, options);
}

function tensorsFor(to: string): (model: tf.LayersModel) => TensorSource[] {
  if (Object.hasOwn(targets, to)) return targets[to as WeightsTarget];
  throw new Error(
    `Weights cannot be saved for ${quote(to)}. Choose one of: ${Object.keys(targets).join(', ')}.`,
  );
}

function dtypeOf(dtype: string): WritableDtype {
  if (Object.hasOwn(storedAs, dtype)) return storedAs[dtype as WeightsDtype];
  throw new Error(
    `Weights cannot be saved as ${quote(dtype)}. Choose one of: ${weightsDtypes.join(', ')}.`,
  );
}

function asSource({ name, shape, variable }: StoredWeight): TensorSource {
  return { name, shape, read: () => variable.read().data<'float32'>() };
}
