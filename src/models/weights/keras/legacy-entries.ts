import type { Hdf5Dataset, Hdf5Group } from '../../../platform/hdf5.js';
import { quote } from '../text.js';
import { addEntry, kerasEntry, numberUnnamed, type KerasEntry } from './keras-entry.js';

/**
 * The tensors of a `.h5` (`keras/src/legacy/saving/legacy_h5_format.py`), which lists its layers, and
 * their weights, in attributes.
 *
 * @throws Error with a clause that says what is wrong.
 */
export function legacyEntries(file: Hdf5Group): ReadonlyMap<string, KerasEntry> {
  const group = weightsGroup(file);
  const layers = attributeTexts(group, 'layer_names');
  const numbered = numberUnnamed(layers);
  const entries = new Map<string, KerasEntry>();
  for (const layer of layers) {
    const layerGroup = group.groups.get(layer);
    if (!layerGroup) throw new Error(`its layer ${quote(layer)} has no group`);
    for (const weight of attributeTexts(layerGroup, 'weight_names')) {
      const role = roleOf(weight);
      const name = `${layer}/${role}`;
      const dataset = datasetIn(layerGroup, weight);
      if (!dataset) throw new Error(`its weight ${quote(name)} has no numbers`);
      const key = `${numbered.get(layer) ?? layer}/${role}`;
      addEntry(entries, key, kerasEntry(name, dataset));
    }
  }
  return entries;
}

function weightsGroup(file: Hdf5Group): Hdf5Group {
  const group = [file.groups.get('model_weights'), file].find(
    (candidate) => candidate && hasTexts(candidate, 'layer_names'),
  );
  if (group) return group;
  throw new Error('it has no layers and no list of layer_names, as Keras writes them');
}

/** `kernel` of `conv2d_1/kernel:0`, which has a TensorFlow scope and the number of an output. */
function roleOf(weight: string): string {
  return weight.slice(weight.lastIndexOf('/') + 1).replace(/:\d+$/, '');
}

/** The data set at a path, such as `conv2d_1/kernel`, below a group. */
function datasetIn(group: Hdf5Group, path: string): Hdf5Dataset | undefined {
  const names = path.split('/');
  const last = names.pop() ?? '';
  let inner: Hdf5Group | undefined = group;
  for (const name of names) inner = inner?.groups.get(name);
  return inner?.datasets.get(last);
}

/** A list longer than 64 kB stands in several attributes: `name0`, `name1`, …. */
function attributeTexts({ attributes }: Hdf5Group, name: string): readonly string[] {
  const whole = attributes.get(name);
  if (whole !== undefined) return [whole].flat();
  const texts: string[] = [];
  for (let i = 0, part = attributes.get(`${name}0`); part; part = attributes.get(`${name}${++i}`)) {
    texts.push(...[part].flat());
  }
  return texts;
}

function hasTexts({ attributes }: Hdf5Group, name: string): boolean {
  return attributes.has(name) || attributes.has(`${name}0`);
}
