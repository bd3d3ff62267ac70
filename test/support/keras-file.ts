import { File as Hdf5File, ready, type Group } from 'h5wasm/node';

/** The layers of a file in its order, and the shapes of their weights. */
export type KerasLayers = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export interface KerasFileOptions {
  /** The numbers of a weight, by its name and shape. Default: zeros. */
  readonly values?: (name: string, shape: readonly number[]) => Float32Array | Float64Array;
  /**
   * Keras 3 writes `conv2d/kernel` below the group `model_weights`; Keras 2, when it saves weights
   * only, `conv2d/kernel:0` in the file's root. Default: 3.
   */
  readonly version?: 2 | 3;
  /** In how many attributes the list of layers stands: in several, if it is long. Default: 1. */
  readonly parts?: number;
}

const zeros = (_: string, shape: readonly number[]) => new Float32Array(sizeOf(shape));

/** Writes a .h5 file as Keras does (`keras/src/legacy/saving/legacy_h5_format.py`). */
export async function writeKerasFile(
  path: string,
  layers: KerasLayers,
  { values = zeros, version = 3, parts = 1 }: KerasFileOptions = {},
): Promise<void> {
  await ready;
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
