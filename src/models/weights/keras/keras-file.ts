import { loadHdf5 } from '#platform';
import type { Dataset, Group } from 'h5wasm/node';
import type { Hdf5 } from '../../../platform/hdf5.js';
import { nameOf, type Source } from '../../../platform/source.js';
import { quote } from '../text.js';
import type { WeightsEntry, WeightsFile } from '../weights-file.js';
import { datasetIn, groupIn } from './hdf5.js';

interface KerasEntry extends WeightsEntry {
  readonly dataset: Dataset;
}

/** HDF5's name of little-endian float32, and everybody else's. */
const dtypeNames = new Map([['<f', 'F32']]);
const readableDtypes = [...dtypeNames.values()];

/**
 * Opens a file of Keras's HDF5 layout: `save_weights('name.h5')` of Keras 2, or `save('name.h5')`,
 * which has the same a group deeper.
 *
 * Its tensors are called `layer/weight`. Layers that nobody named are numbered from 1 in the order
 * in which they were created: their own names go on counting from what the process had built
 * before.
 *
 * @throws Error that names the file and what is wrong with it.
 */
export async function openKerasFile(source: Source): Promise<WeightsFile> {
  return explain(source, async () => {
    const hdf5 = await loadHdf5();
    const file = await hdf5.open(source);
    try {
      const tensors = hdf5.attempt(() => readEntries(file));
      return {
        tensors,
        readableDtypes,
        read: (name) => explain(source, () => Promise.resolve(read(tensors, name, hdf5))),
        close: () => Promise.resolve(void file.close()),
      };
    } catch (error) {
      file.close();
      throw error;
    }
  });
}

function read(tensors: ReadonlyMap<string, KerasEntry>, name: string, hdf5: Hdf5): Float32Array {
  const entry = tensors.get(name);
  if (!entry) throw new Error(`it has no tensor ${quote(name)}`);
  const value = hdf5.attempt(() => entry.dataset.value);
  if (value instanceof Float32Array) return value;
  throw new Error(`its tensor ${quote(entry.name)} is not float32`);
}

function readEntries(file: Group): ReadonlyMap<string, KerasEntry> {
  const group = weightsGroup(file);
  const layers = attributeTexts(group, 'layer_names');
  const numbered = numberUnnamed(layers);
  const entries = new Map<string, KerasEntry>();
  for (const layer of layers) {
    const layerGroup = groupIn(group, layer);
    if (!layerGroup) throw new Error(`its layer ${quote(layer)} has no group`);
    for (const weight of attributeTexts(layerGroup, 'weight_names')) {
      const entry = entryOf(layerGroup, layer, weight);
      const key = `${numbered.get(layer) ?? layer}/${roleOf(weight)}`;
      if (entries.has(key)) throw new Error(`it has ${quote(entry.name)} twice`);
      entries.set(key, entry);
    }
  }
  return entries;
}

function weightsGroup(file: Group): Group {
  const group = [groupIn(file, 'model_weights'), file].find(
    (candidate) => candidate && hasTexts(candidate, 'layer_names'),
  );
  if (group) return group;
  const why = groupIn(file, 'layers')
    ? 'it has the newer layout of .weights.h5, which names no layers: have Keras save(…) a .h5'
    : 'it has no list of layer_names, as Keras writes it';
  throw new Error(why);
}

function entryOf(group: Group, layer: string, weight: string): KerasEntry {
  const name = `${layer}/${roleOf(weight)}`;
  const dataset = datasetIn(group, weight);
  if (!dataset) throw new Error(`its weight ${quote(name)} has no numbers`);
  return { name, dtype: dtypeOf(dataset), shape: dataset.shape ?? [], dataset };
}

function dtypeOf({ dtype }: Dataset): string {
  return typeof dtype === 'string' ? (dtypeNames.get(dtype) ?? quote(dtype)) : 'a compound';
}

/** `kernel` of `conv2d_1/kernel:0`, which has a TensorFlow scope and the number of an output. */
function roleOf(weight: string): string {
  return weight.slice(weight.lastIndexOf('/') + 1).replace(/:\d+$/, '');
}

/** Names of unnamed layers, as the file has them, to such that count from 1. */
function numberUnnamed(layers: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    ['conv2d', 'batch_normalization'].flatMap((kind) => {
      const pattern = new RegExp(`^${kind}(?:_(\\d+))?$`);
      return layers
        .flatMap((layer) => {
          const match = pattern.exec(layer);
          return match ? [{ layer, count: Number(match[1] ?? 0) }] : [];
        })
        .sort((a, b) => a.count - b.count)
        .map(({ layer }, i) => [layer, `${kind}_${i + 1}`] as const);
    }),
  );
}

/** A list longer than 64 kB stands in several attributes: `name0`, `name1`, …. */
function attributeTexts(group: Group, name: string): readonly string[] {
  const { attrs } = group;
  const whole = attrs[name];
  if (whole) return asTexts(whole.value);
  const texts: string[] = [];
  for (let i = 0, part = attrs[`${name}0`]; part; part = attrs[`${name}${++i}`]) {
    texts.push(...asTexts(part.value));
  }
  return texts;
}

function hasTexts(group: Group, name: string): boolean {
  return name in group.attrs || `${name}0` in group.attrs;
}

/** An empty list of texts is stored as an empty list of numbers. */
function asTexts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

async function explain<T>(source: Source, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Error(
      `Cannot read ${nameOf(source)} as Keras's .h5: ${(error as Error).message}. ` +
        'Give the path of a whole .h5 file; if this one should be whole, fetch it again.',
      { cause: error },
    );
  }
}
