import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionResNetV2, inceptionV3, loadWeights } from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import { logitsDifference, type GoldenLogits } from './golden.js';
import { hashTensor } from './hash-weights.js';
import { writeKerasFile, type KerasFileOptions, type KerasLayers } from './keras-file.js';

/** What a network of Keras answers; made by test/golden/make_keras_golden.py. */
export interface KerasGoldenCase extends GoldenLogits {
  readonly model: keyof typeof builders;
}

interface KerasGolden {
  readonly cases: readonly KerasGoldenCase[];
  /** The layers of Keras's networks as Keras lists them. */
  readonly networks: Readonly<Record<keyof typeof builders, KerasLayers>>;
}

const likeKeras = { variant: 'slim', batchNormScale: false, activation: 'linear' } as const;
const builders = {
  inception_v3: (inputShape: [number, number, number]) => inceptionV3({ ...likeKeras, inputShape }),
  inception_resnet_v2: (inputShape: [number, number, number]) =>
    inceptionResNetV2({ ...likeKeras, inputShape }),
};

export function kerasGolden(): KerasGolden {
  return JSON.parse(readFileSync('test/golden/keras.json', 'utf8')) as KerasGolden;
}

/**
 * Writes the file that Keras would write of its network, loads it into ours, and compares logits.
 *
 * @returns the largest difference, as a part of the logits' spread
 */
export async function kerasDifference(
  golden: KerasGoldenCase,
  folder: string,
  options: KerasFileOptions = {},
): Promise<number> {
  const { model: name, seed, height, width } = golden;
  const path = join(folder, 'golden.h5');
  await writeKerasFile(path, kerasGolden().networks[name], {
    values: (weight, shape) => hashTensor(weight, shape, seed, 'last'),
    ...options,
  });
  const model = buildBlank(() => builders[name]([height, width, 3]));
  await loadWeights(model, path, { from: 'keras' });
  const difference = await logitsDifference(model, golden);
  model.dispose();
  return difference;
}
