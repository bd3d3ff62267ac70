import type { Hdf5Dataset } from '../../../platform/hdf5.js';
import { quote } from '../text.js';
import type { WeightsEntry } from '../weights-file.js';

export interface KerasEntry extends WeightsEntry {
  readonly dataset: Hdf5Dataset;
}

/** HDF5's name of little-endian float32, and everybody else's. */
const dtypeNames = new Map([['<f', 'F32']]);
export const readableDtypes = [...dtypeNames.values()];

/** @param name as errors call it */
export function kerasEntry(name: string, dataset: Hdf5Dataset): KerasEntry {
  const { dtype, shape } = dataset;
  const dtypeName = dtype === undefined ? 'a compound' : (dtypeNames.get(dtype) ?? quote(dtype));
  return { name, dtype: dtypeName, shape, dataset };
}

/** Adds an entry. @throws Error if there is one of that key already. */
export function addEntry(entries: Map<string, KerasEntry>, key: string, entry: KerasEntry): void {
  if (entries.has(key)) throw new Error(`it has ${quote(entry.name)} twice`);
  entries.set(key, entry);
}

/** Names of unnamed layers, as the file has them, to such that count from 1. */
export function numberUnnamed(layers: readonly string[]): ReadonlyMap<string, string> {
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
