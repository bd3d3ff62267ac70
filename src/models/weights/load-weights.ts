import { isDeepStrictEqual } from 'node:util';
import { tf } from '../../backends/tf.js';
import { readableDtypes } from './dtypes.js';
import { ownLayout, shapeOf, type Layout, type StoredWeight } from './layout.js';
import { release } from './release.js';
import type { TensorEntry } from './safetensors-header.js';
import { openSafetensors, type SafetensorsFile } from './safetensors.js';
import { formatShape, quote } from './text.js';
import { timmLayout } from './timm/timm.js';

/** Who wrote a file of weights, and so how its tensors are named and laid out. */
export type WeightsOrigin = 'inception-lab' | 'timm';

export interface LoadWeightsOptions {
  /** Default: `'inception-lab'`, files of `saveWeights`; `'timm'`: PyTorch Image Models. */
  readonly from?: WeightsOrigin;
}

const layouts: Readonly<Record<WeightsOrigin, Layout>> = {
  'inception-lab': ownLayout,
  timm: timmLayout,
};

export const weightsOrigins = Object.keys(layouts) as WeightsOrigin[];

/** So many differences an error lists. */
const listed = 5;

/**
 * Loads weights from a safetensors file, of float32, float16 or bfloat16, into a model.
 *
 * The file must have every weight of the model in its shape, and no other; all of that is checked
 * before the first weight changes. Then weight by weight is read and replaced, so that loading
 * takes little more memory than the model has already.
 *
 * timm's convolutions of 1×7 and 7×1 have TF-slim's order, not the paper's.
 *
 * @throws Error if the file is not whole, or does not fit the model, which then stays as it was.
 */
export async function loadWeights(
  model: tf.LayersModel,
  path: string,
  { from = 'inception-lab' }: LoadWeightsOptions = {},
): Promise<void> {
  const layout = layoutOf(from);
  const weights = layout.locate(model);
  const file = await openSafetensors(path);
  try {
    const differences = compare(weights, file.tensors, layout);
    if (differences.length > 0) throw doesNotFit(model, path, from, differences);
    for (const weight of largestFirst(weights)) await replace(weight, file);
  } finally {
    await file.close();
  }
}

function layoutOf(from: string): Layout {
  if (Object.hasOwn(layouts, from)) return layouts[from as WeightsOrigin];
  throw new Error(
    `Weights cannot be loaded from ${quote(from)}. Choose one of: ${weightsOrigins.join(', ')}.`,
  );
}

function compare(
  weights: readonly StoredWeight[],
  tensors: ReadonlyMap<string, TensorEntry>,
  { ignores }: Layout,
): string[] {
  const names = new Set(weights.map(({ name }) => name));
  const unexpected = [...tensors.keys()].filter((name) => !names.has(name) && !ignores(name));
  return [
    ...weights.flatMap((weight) => difference(weight, tensors.get(weight.name))),
    ...unexpected.map((name) => `${quote(name)} is in the file only`),
  ];
}

/** What keeps a tensor from becoming a weight, if anything does. */
function difference({ name, shape }: StoredWeight, entry: TensorEntry | undefined): string[] {
  if (!entry) return [`${quote(name)} is missing`];
  if (!readableDtypes.includes(entry.dtype)) {
    return [`${quote(name)} is ${entry.dtype}, not ${readableDtypes.join(', ')}`];
  }
  if (isDeepStrictEqual(entry.shape, shape)) return [];
  return [`${quote(name)} is ${formatShape(entry.shape)}, not ${formatShape(shape)}`];
}

function doesNotFit(
  model: tf.LayersModel,
  path: string,
  from: WeightsOrigin,
  differences: readonly string[],
): Error {
  const more = differences.length - listed;
  const list = differences.slice(0, listed).join('; ') + (more > 0 ? `; … and ${more} more` : '');
  const others = weightsOrigins.filter((origin) => origin !== from);
  return new Error(
    `The weights in "${path}" do not fit the model "${model.name}": ${list}. ` +
      "Build the model with the options of the file's network; " +
      `if the file does not come from ${from}, say { from: '${others.join("' or '")}' }.`,
  );
}

/**
 * In this order every new tensor but the first finds room where an old one was; in any other,
 * WebAssembly's memory, which never shrinks, is left with holes and grows.
 */
function largestFirst(weights: readonly StoredWeight[]): readonly StoredWeight[] {
  return [...weights].sort((a, b) => b.variable.read().size - a.variable.read().size);
}

async function replace({ variable, name, convert }: StoredWeight, file: SafetensorsFile) {
  const stored = await file.read(name);
  const values = convert(stored);
  if (values !== stored) release(stored);
  const tensor = tf.tensor(values, [...shapeOf(variable)]);
  variable.write(tensor);
  tensor.dispose();
  // This backend has its own copy by now; others may keep the array itself.
  if (tf.getBackend() === 'wasm') release(values);
}
