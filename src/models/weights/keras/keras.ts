import type { tf } from '../../../backends/tf.js';
import { asItIs, classifiersIn, type Layout } from '../layout.js';
import { modelWeights } from '../model-weights.js';
import { quote } from '../text.js';
import { inceptionResNetV2Names } from './inception-resnet-v2.js';
import { inceptionV3Names } from './inception-v3.js';
import { openKerasFile } from './keras-file.js';
import type { LayerNames } from './names.js';
import { placeName } from './store-entries.js';

/** By the model's name. */
const architectures = new Map<string, LayerNames>([
  ['inceptionV3', inceptionV3Names],
  ['inceptionResNetV2', inceptionResNetV2Names],
]);

/** What layers of Keras's networks have: no gamma. */
const weightNames = new Set(['kernel', 'bias', 'beta', 'moving_mean', 'moving_variance']);

/**
 * The layout of files of Keras applications (`keras/src/applications/inception_v3.py` and
 * `inception_resnet_v2.py`), whose shapes and order of numbers are ours.
 */
export const kerasLayout: Layout = {
  open: openKerasFile,
  locate(model, tensors) {
    const names = namesFor(model);
    const isNamed = !tensors?.has(`${placeName('conv2d', 0)}/kernel`);
    const places = isNamed ? undefined : placesIn(model);
    return modelWeights(model).map((weight) => {
      const name = kerasWeightName(weight.name, names);
      return asItIs(weight, places ? atPlace(weight.name, places) : name);
    });
  },
  ignores: () => false,
  isClassifier: (name, model) =>
    [...classifiersIn(namesFor(model)), placeName('dense', 0)].some((layer) =>
      [`${layer}/kernel`, `${layer}/bias`].includes(name),
    ),
};

/** `conv2d#0` of `stem/conv1`: our layers, and so Keras's, have the order that the graph gives them. */
function placesIn(model: tf.LayersModel): LayerNames {
  const kinds = new Map([
    ['Conv2D', 'conv2d'],
    ['BatchNormalization', 'batch_normalization'],
    ['Dense', 'dense'],
  ]);
  const counts = new Map<string, number>();
  return new Map(
    model.layers.flatMap((layer): [string, string][] => {
      const kind = kinds.get(layer.getClassName());
      if (kind === undefined) return [];
      const place = counts.get(kind) ?? 0;
      counts.set(kind, place + 1);
      return [[layer.name, placeName(kind, place)]];
    }),
  );
}

function atPlace(name: string, places: LayerNames): string {
  const slash = name.lastIndexOf('/');
  return `${places.get(name.slice(0, slash))}${name.slice(slash)}`;
}

function namesFor(model: tf.LayersModel): LayerNames {
  const names = architectures.get(model.name);
  if (!names) {
    throw new Error(
      `Keras's names are not known for the model "${model.name}", only for: ` +
        `${[...architectures.keys()].join(', ')}. Build it with the function of that name.`,
    );
  }
  if (model.layers.some(({ name }) => name.endsWith('/padding'))) {
    throw new Error(
      "Keras's average pools do not count the padding, but those of this model do: " +
        "build it with variant: 'slim', batchNormScale: false.",
    );
  }
  return names;
}

/** `conv2d_1/kernel` of `stem/conv1/kernel`. */
function kerasWeightName(name: string, names: LayerNames): string {
  const slash = name.lastIndexOf('/');
  const layer = names.get(name.slice(0, slash));
  const weight = name.slice(slash + 1);
  if (layer !== undefined && weightNames.has(weight)) return `${layer}/${weight}`;
  throw new Error(
    `Keras's network has no weight like ${quote(name)}. It has TF-slim's branches and blocks, ` +
      'no gamma and no auxiliary classifier: ' +
      "build the model with variant: 'slim', batchNormScale: false.",
  );
}
