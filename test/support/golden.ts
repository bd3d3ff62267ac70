import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionResNetV2, inceptionV3, inceptionV4, loadWeights, tf } from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import { timmLayout } from '../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../dist/models/weights/write-safetensors.js';
import { hashImage, hashWeights } from './hash-weights.js';

/** What a network answers to made-up weights and the image that goes with them. */
export interface GoldenLogits {
  readonly seed: number;
  readonly height: number;
  readonly width: number;
  readonly logits: readonly number[];
}

/** What a network of timm answers; made by test/golden/make_golden.py. */
export interface GoldenCase extends GoldenLogits {
  readonly model: keyof typeof builders;
}

const builders = {
  inception_v3: (inputShape: [number, number, number]) =>
    inceptionV3({ variant: 'torchvision', inputShape, activation: 'linear' }),
  inception_v4: (inputShape: [number, number, number]) =>
    inceptionV4({ variant: 'slim', inputShape, activation: 'linear' }),
  inception_resnet_v2: (inputShape: [number, number, number]) =>
    inceptionResNetV2({ variant: 'slim', inputShape, activation: 'linear' }),
};

export function goldenCases(): GoldenCase[] {
  const file = readFileSync('test/golden/timm.json', 'utf8');
  return (JSON.parse(file) as { cases: GoldenCase[] }).cases;
}

/**
 * Fills a safetensors file as timm's network was filled, loads it into ours, and compares logits.
 *
 * @returns the largest difference, as a part of the logits' spread
 */
export async function goldenDifference(golden: GoldenCase, folder: string): Promise<number> {
  const { model: name, seed, height, width } = golden;
  const path = join(folder, 'golden.safetensors');
  const model = buildBlank(() => builders[name]([height, width, 3]));
  const shapes = new Map(timmLayout.locate(model).map(({ name, shape }) => [name, shape]));
  await writeSafetensors(path, hashWeights(shapes, seed));
  await loadWeights(model, path, { from: 'timm' });
  const difference = await logitsDifference(model, golden);
  model.dispose();
  return difference;
}

/** The largest difference between a model's logits and the golden ones, as a part of their spread. */
export async function logitsDifference(
  model: tf.LayersModel,
  { seed, height, width, logits }: GoldenLogits,
): Promise<number> {
  const image = tf.tensor4d(hashImage(height * width * 3, seed), [1, height, width, 3]);
  const output = model.predict(image) as tf.Tensor;
  const answer = await output.data();
  tf.dispose([image, output]);
  const differences = logits.map((logit, i) => Math.abs(logit - answer[i]!));
  return Math.max(...differences) / (Math.max(...logits) - Math.min(...logits));
}
