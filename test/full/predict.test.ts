import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  crops,
  imagenetClasses,
  inceptionV3,
  loadWeights,
  preprocess,
  readImage,
  tf,
} from 'inception-lab';
import { encode } from 'fast-png';
import { timmLayout } from '../../dist/models/weights/timm/timm.js';
import {
  writeSafetensors,
  type TensorSource,
} from '../../dist/models/weights/write-safetensors.js';
import { useTestBackend } from '../support/backend.js';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { hashTensor, hashWeights } from '../support/hash-weights.js';
import { writeKerasFile } from '../support/keras-file.js';
import { kerasGolden } from '../support/keras-golden.js';
import { noise } from '../support/noise.js';

describe('inception-lab predict', () => {
  const folder = temporaryFolder();
  const weights = join(folder, 'inception_v3.safetensors');
  const picture = join(folder, 'picture.png');
  let model: tf.LayersModel;

  before(async () => {
    await useTestBackend();
    // With its auxiliary classifier, as torchvision's weights are published.
    const options = { variant: 'torchvision', activation: 'linear', auxiliary: true } as const;
    model = inceptionV3(options);
    const shapes = new Map(timmLayout.locate(model).map(({ name, shape }) => [name, shape]));
    await writeSafetensors(weights, hashWeights(shapes, 1).map(decided));
    await loadWeights(model, weights, { from: 'timm' });
    const bytes = noise(12 * 10 * 3, 1).map((value) => Math.floor(256 * value));
    const data = Uint8Array.from(bytes);
    writeFileSync(picture, encode({ width: 12, height: 10, data, channels: 3 }));
  });

  for (const count of [1, 10] as const) {
    it(`prints the softmax of the network's logits, averaged over ${count}`, async () => {
      const image = await readImage(picture);
      const batch =
        count === 1
          ? preprocess(image, { size: 299, crop: 0.875 })
          : crops(image, { count, size: 299 });
      const [output] = model.predict(batch) as tf.Tensor2D[];
      const expected = averageSoftmax(await output!.array());

      const flags = ['--crops', String(count), '--top', '7'];
      const { status, stdout, stderr } = await inceptionLab(
        'predict',
        'inception-v3',
        weights,
        picture,
        ...flags,
      );
      assert.equal(status, 0, stderr);
      const lines = stdout.trimEnd().split('\n');
      assert.equal(lines.length, 7);
      const printed = lines.map((line) => {
        const [, percent, label = ''] = /^ *(\d+\.\d\d) % {2}(.+)$/.exec(line) ?? [];
        const index = imagenetClasses.indexOf(label);
        const difference = Math.abs(Number(percent) - 100 * (expected[index] ?? NaN));
        assert.ok(difference < 0.0101, `${line}: ${expected[index]}`);
        return Number(percent);
      });
      assert.ok(printed[0]! > 5, `undecided:\n${stdout}`);
      const best = [...expected].sort((a, b) => b - a).slice(0, 7);
      for (const [i, percent] of printed.entries()) {
        assert.ok(Math.abs(percent - 100 * best[i]!) < 0.0101, `${percent}: ${best[i]}`);
      }
    });
  }

  it("reads Keras's .h5 files as well", async () => {
    const path = join(folder, 'inception_v3.h5');
    await writeKerasFile(path, kerasGolden().networks.inception_v3, {
      values: (weight, shape) => hashTensor(weight, shape, 1, 'last'),
    });
    const flags = ['--top', '3'];
    const args = ['inception-v3', path, picture, ...flags];
    const { status, stdout, stderr } = await inceptionLab('predict', ...args);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^( *\d+\.\d\d % {2}\S.*\n){3}$/);
  });
});

/** Logits of hashed weights lie close together; these make some classes far more probable. */
function decided(source: TensorSource): TensorSource {
  if (source.name !== 'fc.weight') return source;
  return { ...source, read: async () => (await source.read()).map((value) => 7 * value) };
}

function averageSoftmax(logits: readonly (readonly number[])[]): number[] {
  const probabilities = logits.map((row) => {
    const exponentials = row.map((logit) => Math.exp(logit - Math.max(...row)));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    return exponentials.map((value) => value / sum);
  });
  return probabilities[0]!.map(
    (_, i) => probabilities.reduce((total, row) => total + row[i]!, 0) / probabilities.length,
  );
}
