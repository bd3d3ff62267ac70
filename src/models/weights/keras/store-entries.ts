import type { Hdf5Group } from '../../../platform/hdf5.js';
import { addEntry, kerasEntry, numberUnnamed, type KerasEntry } from './keras-entry.js';

/** What the numbered variables of a layer are, by its class. */
const roles = new Map([
  ['conv2d', ['kernel', 'bias']],
  ['dense', ['kernel', 'bias']],
  // Those of Keras applications have no gamma: the last three.
  ['batch_normalization', ['gamma', 'beta', 'moving_mean', 'moving_variance']],
]);

interface StoredLayer {
  /** In the file: the class, then the place among the layers of that class: `conv2d_12`. */
  readonly name: string;
  readonly kind: string;
  /** Among the layers of its class. */
  readonly place: number;
  /** The model's name for it. Keras writes it since 3.6. */
  readonly ownName: string | undefined;
  readonly variables: Hdf5Group['datasets'];
}

/**
 * The tensors of a `.weights.h5` (`keras/src/saving/saving_lib.py`), which has a group for each layer in
 * the order of `model.layers`, and in it variables with numbers for names.
 */
export function storeEntries(file: Hdf5Group): ReadonlyMap<string, KerasEntry> {
  const layers = storedLayers(file.groups.get('layers'));
  const ownNames = layers.flatMap(({ ownName }) => ownName ?? []);
  const isNamed = ownNames.length === layers.length;
  const numbered = numberUnnamed(ownNames);
  const entries = new Map<string, KerasEntry>();
  for (const { name, kind, place, ownName = '', variables } of layers) {
    const key = isNamed ? (numbered.get(ownName) ?? ownName) : placeName(kind, place);
    for (const [number, dataset] of variables) {
      const role = roleOf(kind, Number(number), variables.size);
      addEntry(entries, `${key}/${role}`, kerasEntry(`layers/${name}/vars/${number}`, dataset));
    }
  }
  return entries;
}

/** The layer of a class at a place, from 0, among the layers of that class in `model.layers`. */
export function placeName(kind: string, place: number): string {
  return `${kind}#${place}`;
}

/** Those that have variables of their own. */
function storedLayers(layers: Hdf5Group | undefined): StoredLayer[] {
  return [...(layers?.groups ?? [])].flatMap(([name, layer]) => {
    const vars = layer.groups.get('vars');
    if (!vars?.datasets.size) return [];
    const [, kind = name, place = '0'] = /^(.*?)(?:_(\d+))?$/.exec(name) ?? [];
    const ownName = vars.attributes.get('name');
    return {
      ...{ name, kind, place: Number(place), variables: vars.datasets },
      ownName: typeof ownName === 'string' ? ownName : undefined,
    };
  });
}

function roleOf(kind: string, number: number, count: number): string {
  const all = roles.get(kind) ?? [];
  const own = kind === 'batch_normalization' ? all.slice(-count) : all;
  return own[number] ?? String(number);
}
