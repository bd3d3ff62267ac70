import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { File as Hdf5File, ready, type Group } from 'h5wasm/node';
import { ZipFile } from 'yazl';

/** The layers of a file in its order, and the shapes of their weights. */
export type KerasLayers = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export interface KerasFileOptions {
  /** The numbers of a weight, by its name and shape. Default: zeros. */
  readonly values?: (name: string, shape: readonly number[]) => Float32Array | Float64Array;
  /**
   * A `.h5`: Keras 3 writes `conv2d/kernel` below the group `model_weights`; Keras 2, when it saves
   * weights only, `conv2d/kernel:0` in the file's root. A `.weights.h5`, `'places'` and `'names'`: by
   * place among the layers of a class, and since Keras 3.6 with the layers' names. Default: 3.
   */
  readonly version?: 2 | 3 | 'places' | 'names';
  /** In how many attributes the list of layers stands: in several, if it is long. Default: 1. */
  readonly parts?: number;
}

const zeros = (_: string, shape: readonly number[]) => new Float32Array(sizeOf(shape));

/** Writes a file as Keras does. */
export async function writeKerasFile(
  path: string,
  layers: KerasLayers,
  options: KerasFileOptions = {},
): Promise<void> {
  await ready;
  const { version = 3 } = options;
  if (version === 'places' || version === 'names') {
    writeStore(path, layers, version === 'names', options.values);
  } else {
    writeLegacy(path, layers, { ...options, version });
  }
}

/** As `keras/src/legacy/saving/legacy_h5_format.py`. */
function writeLegacy(
  path: string,
  layers: KerasLayers,
  { values = zeros, version, parts = 1 }: KerasFileOptions,
): void {
  const file = new Hdf5File(path, 'w');
  try {
    const group = version === 3 ? file.create_group('model_weights') : file;
    // Keras has a group for every layer, also for those that have no weights.
    const all: KerasLayers = { input_layer: {}, ...layers };
    writeLayerNames(group, Object.keys(all), parts);
    for (const [layer, weights] of Object.entries(all)) {
      const layerGroup = group.create_group(layer);
      const suffix = version === 3 ? '' : ':0';
      const names = Object.keys(weights).map((weight) => `${layer}/${weight}${suffix}`);
      writeTexts(layerGroup, 'weight_names', names);
      if (names.length > 0) layerGroup.create_group(layer);
      for (const [weight, shape] of Object.entries(weights)) {
        layerGroup.create_dataset({
          name: `${layer}/${weight}${suffix}`,
          data: values(`${layer}/${weight}`, shape),
          shape: [...shape],
        });
      }
    }
  } finally {
    file.close();
  }
}

/** As `keras/src/saving/saving_lib.py`, a layer without weights and the state of Adam beside. */
function writeStore(
  path: string,
  layers: KerasLayers,
  isNamed: boolean,
  values: KerasFileOptions['values'] = zeros,
): void {
  const file = new Hdf5File(path, 'w');
  try {
    const all = file.create_group('layers');
    all.create_group('input_layer').create_group('vars');
    const counts = new Map<string, number>();
    for (const [layer, weights] of Object.entries(layers)) {
      const kind = kindOf(weights);
      const place = counts.get(kind) ?? 0;
      counts.set(kind, place + 1);
      const vars = all.create_group(place === 0 ? kind : `${kind}_${place}`).create_group('vars');
      if (isNamed) vars.create_attribute('name', layer);
      for (const [i, [weight, shape]] of Object.entries(weights).entries()) {
        const data = values(`${layer}/${weight}`, shape);
        vars.create_dataset({ name: String(i), data, shape: [...shape] });
      }
    }
    const state = file.create_group('optimizer').create_group('vars');
    state.create_dataset({ name: '0', data: new Float32Array(3), shape: [3] });
  } finally {
    file.close();
  }
}

/** What Keras calls a layer's class, by the weights that it has. */
function kindOf({ beta, kernel }: KerasLayers[string]): string {
  if (beta) return 'batch_normalization';
  return kernel?.length === 4 ? 'conv2d' : 'dense';
}

/** Writes a .keras, or another zip archive, of the files on the disk. */
export async function writeArchive(
  path: string,
  files: Readonly<Record<string, string>>,
  { compress = false } = {},
): Promise<void> {
  const zip = new ZipFile();
  for (const [name, file] of Object.entries(files)) zip.addFile(file, name, { compress });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}

function writeLayerNames(group: Group, names: readonly string[], parts: number): void {
  if (parts === 1) {
    writeTexts(group, 'layer_names', names);
    return;
  }
  const length = Math.ceil(names.length / parts);
  for (let i = 0; i < parts; i++) {
    writeTexts(group, `layer_names${i}`, names.slice(i * length, (i + 1) * length));
  }
}

/** As NumPy does, which makes an empty list one of numbers. */
function writeTexts(group: Group, name: string, texts: readonly string[]): void {
  if (texts.length === 0) group.create_attribute(name, new Float64Array(0), [0]);
  else group.create_attribute(name, [...texts]);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
