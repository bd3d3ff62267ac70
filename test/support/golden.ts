import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionResNetV2, inceptionV3, inceptionV4, loadWeights, tf } from 'inception-lab';
import { timmLayout } from '../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../dist/models/weights/write-safetensors.js';
import { hashImage, hashWeights } from './hash-weights.js';

/** What a network of timm answers; made by test/golden/make_golden.py. */
export interface GoldenCase {
  readonly model: keyof typeof builders;
  readonly seed: number;
  readonly height: number;
  readonly width: number;
  readonly logits: readonly number[];
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
export async function goldenDifference(
  { model: name, seed, height, width, logits }: GoldenCase,
  folder: string,
): Promise<number> {
  const path = join(folder, 'golden.safetensors');
  const model = builders[name]([height, width, 3]);
  const shapes = new Map(timmLayout.locate(model).map(({ name, shape }) => [name, shape]));
  await writeSafetensors(path, hashWeights(shapes, seed));
  await loadWeights(model, path, { from: 'timm' });

  const image = tf.tensor4d(hashImage(height * width * 3, seed), [1, height, width, 3]);
  const output = model.predict(image) as tf.Tensor;
  const answer = await output.data();
  tf.dispose([image, output]);
  model.dispose();
  const differences = logits.map((logit, i) => Math.abs(logit - answer[i]!));
  return Math.max(...differences) / (Math.max(...logits) - Math.min(...logits));
}
