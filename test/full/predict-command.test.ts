import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { tf } from 'inception-lab';
import { loadClothes } from '../../dist/lessons/clothes.js';
import { useTestBackend } from '../support/backend.js';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const weights = 'test/fixtures/reference.safetensors';

describe('inception-lab predict', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const picture = join(folder, 'picture.png');
  const missing = join(folder, 'none');
  before(async () => {
    await useTestBackend();
    writeFileSync(picture, encode({ width: 1, height: 1, data: Uint8Array.of(9), channels: 1 }));
  });

  for (const [problem, args, message] of [
    [
      'an unknown network',
      ['vgg', weights, picture],
      /^There is no network "vgg"\. Choose one of: inception-v4, .*\n$/,
    ],
    [
      'a missing picture',
      ['inception-v3', weights, missing],
      /^Cannot read ".*none" as a picture .*\n$/,
    ],
    [
      'a picture that is none',
      ['inception-v3', weights, 'package.json'],
      /^Cannot read "package\.json" as a picture .*\n$/,
    ],
    [
      'a network without weights',
      ['inception-v3', picture],
      /^inception-v3 has no weights of its own: give a file of weights after it\.\n$/,
    ],
    [
      'a recipe without weights',
      ['weights/fashion-mnist.json', picture],
      /^weights\/fashion-mnist\.json has no weights of its own: give .*\n$/,
    ],
    ['missing weights', ['inception-v3', missing, picture], /^.*none.*\n$/],
    ['weights that are none', ['inception-v3', 'package.json', picture], /^.*package\.json.*\n$/],
    [
      'weights of none of our networks',
      ['inception-v3', weights, picture],
      /^Cannot tell where the weights in ".*" come from; the first tensors are: .*\n$/,
    ],
    [
      'a number of crops that there is not',
      ['inception-v3', weights, picture, '--crops', '5'],
      /'5' is invalid\. Choose one of: 1, 10, 12, 144\.\n$/,
    ],
    [
      'no classes',
      ['inception-v3', weights, picture, '--top', '0'],
      /'0' is invalid\. Give a whole number of at least 1\.\n$/,
    ],
  ] as const) {
    it(`ends with one line and status 1 at ${problem}`, async () => {
      const { status, stdout, stderr } = await inceptionLab('predict', ...args);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, message);
    });
  }

  it("says what a recipe's trained network sees, in its data's words", async () => {
    const { pictures, labels, classes } = await loadClothes();
    const bytes = await pictures.add(1).mul(127.5).round().data();
    pictures.dispose();
    for (const i of [1, 8, 9]) {
      const data = Uint8Array.from(bytes.subarray(i * 784, (i + 1) * 784));
      writeFileSync(picture, encode({ width: 28, height: 28, data, channels: 1 }));
      const trained = ['weights/fashion-mnist.json', 'weights/fashion-mnist.safetensors'];
      const { status, stdout, stderr } = await inceptionLab(
        ...['predict', ...trained, picture, '--top', '1'],
      );
      assert.equal(status, 0, stderr);
      assert.match(stdout, new RegExp(`^ *\\d\\d\\.\\d\\d % {2}${classes[labels[i]!]}\\n$`));
    }
  });

  it('says what a model.json sees', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.globalAveragePooling2d({ inputShape: [null, null, 3] }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    });
    // Of a picture that is blue, the last class's logit is ln 4, and the others are 0.
    const zeros = [0, 0, 0];
    model.setWeights([tf.tensor2d([zeros, zeros, [0, 0, Math.log(4)]]), tf.tensor1d(zeros)]);
    await model.save(`file://${join(folder, 'mine')}`);
    const blue = Uint8Array.from({ length: 12 }, (_, i) => (i % 3 === 2 ? 255 : 128));
    writeFileSync(picture, encode({ width: 2, height: 2, data: blue, channels: 3 }));
    const file = join(folder, 'mine', 'model.json');
    const predict = (...args: string[]) => inceptionLab('predict', ...args, '--input', '4x4');
    const { status, stdout, stderr } = await predict(file, picture, '--top', '1');
    assert.equal(status, 0, stderr);
    assert.equal(stdout, ' 66.67 %  2\n');
    const withWeights = await predict(file, weights, picture);
    assert.match(withWeights.stderr, /model\.json has its own weights: leave .* out\.\n$/);
    const anySize = await inceptionLab('predict', file, picture);
    assert.match(anySize.stderr, /takes pictures of any size\. Give one: --input 299x299\n$/);
  });
});
