import { tf } from '../../../backends/tf.js';
import { inceptionResNetV2 } from '../../inception-resnet-v2.js';
import { inceptionV3 } from '../../inception-v3.js';
import { inceptionV4 } from '../../inception-v4.js';
import { quote } from '../text.js';

/** Thin: what is compared does not depend on the filters. */
const width = 0.01;

/** timm's networks, by the model's name, and how ours are built like them. */
const published = new Map([
  [
    'inceptionV3',
    { build: () => inceptionV3({ variant: 'torchvision', width }), is: 'torchvision' },
  ],
  ['inceptionV4', { build: () => inceptionV4({ variant: 'slim', width }), is: 'slim' }],
  ['inceptionResNetV2', { build: () => inceptionResNetV2({ variant: 'slim', width }), is: 'slim' }],
]);

/** What decides, beside its weights, what a layer computes. */
const settings = [
  ...['kernelSize', 'strides', 'padding', 'dilationRate', 'poolSize'],
  ...['scale', 'epsilon', 'maxValue', 'activation', 'axis'],
];

/**
 * Weights of the same names and shapes may belong to a network that computes something else: with
 * another stem, residual scale or pool.
 *
 * @throws Error that names a layer that timm's network has otherwise. Heads are not looked at.
 */
export function requireTimmNetwork(model: tf.LayersModel): void {
  const network = published.get(model.name);
  if (!network) return;
  const reference = network.build();
  const [theirs, ours] = [describe(reference), describe(model)];
  reference.dispose();
  const names = new Set([...theirs.keys(), ...ours.keys()]);
  const name = [...names].find((name) => theirs.get(name) !== ours.get(name));
  if (name === undefined) return;
  throw new Error(
    `timm's network ${difference(theirs.get(name), ours.get(name))} ${quote(name)}: build the ` +
      `model with variant: '${network.is}', and with the stem, blocks and residual scales of timm's network.`,
  );
}

function difference(theirs: string | undefined, ours: string | undefined): string {
  if (ours === undefined) return 'has a layer that is missing here,';
  if (theirs === undefined) return 'does not have the layer';
  return 'has different settings for the layer';
}

function describe(model: tf.LayersModel): Map<string, string> {
  const body = model.layers.filter(({ name }) => !/^(image$|head\/|auxiliary\/)/.test(name));
  return new Map(
    body.map((layer) => {
      const config = layer.getConfig();
      const own = settings.map((setting) =>
        isBatchNormScale(layer, setting) ? null : config[setting],
      );
      return [layer.name, JSON.stringify([layer.getClassName(), own])];
    }),
  );
}

/** Whether a normalization has a scale makes no difference: one without is one with a scale of 1. */
function isBatchNormScale(layer: tf.layers.Layer, setting: string): boolean {
  return setting === 'scale' && layer.getClassName() === 'BatchNormalization';
}
