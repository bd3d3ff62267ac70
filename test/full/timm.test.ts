import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionResNetV2, inceptionV3, inceptionV4, saveWeights, tf } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';
import { hashImage } from '../support/hash-weights.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { unsettle } from '../support/unsettle.js';
import { needModules } from './support/python.js';
import { succeed } from './support/run-command.js';

const inputShape: [number, number, number] = [150, 171, 3];
const options = { inputShape, classes: 12, activation: 'linear', seed: 1 } as const;
const builders: Record<string, () => tf.LayersModel> = {
  inception_v3: () => inceptionV3({ ...options, variant: 'torchvision' }),
  inception_v4: () => inceptionV4({ ...options, variant: 'slim', batchNormScale: false }),
  inception_resnet_v2: () => inceptionResNetV2({ ...options, variant: 'slim' }),
};

describe('timm takes our weights, and answers as our networks do', () => {
  const folder = temporaryFolder();
  let python: string;
  before(async function () {
    python = await needModules(this, 'timm', ['numpy', 'timm', 'torch']);
    await useTestBackend();
  });

  for (const [name, build] of Object.entries(builders)) {
    it(name, async () => {
      const [weights, image] = [join(folder, `${name}.safetensors`), join(folder, 'image')];
      const pixels = hashImage(tf.util.sizeFromShape(inputShape));
      writeFileSync(image, pixels);
      const model = build();
      unsettle(model);
      await saveWeights(model, weights, { to: 'timm' });
      const input = tf.tensor(pixels, [1, ...inputShape]);
      const ours = (model.predict(input) as tf.Tensor).dataSync();
      model.dispose();

      const [height, width] = inputShape.map(String) as [string, string];
      const args = [name, weights, image, String(ours.length), height, width];
      const output = await succeed(python, ['test/full/load_timm.py', ...args]);
      const theirs = JSON.parse(output) as number[];
      const largest = Math.max(...theirs.map((logit, i) => Math.abs(logit - ours[i]!)));
      const spread = Math.max(...theirs) - Math.min(...theirs);
      assert.ok(largest < 1e-5 * spread, `${largest / spread} of the logits' spread`);
    });
  }
});
