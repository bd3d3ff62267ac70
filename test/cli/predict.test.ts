import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const weights = 'test/fixtures/reference.safetensors';

describe('inception-lab predict', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const picture = join(folder, 'picture.png');
  const missing = join(folder, 'none');
  before(() => {
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
    ['missing weights', ['inception-v3', missing, picture], /^.*none.*\n$/],
    ['weights that are none', ['inception-v3', 'package.json', picture], /^.*package\.json.*\n$/],
    [
      'weights of none of our networks',
      ['inception-v3', weights, picture],
      /^Whose weights ".*" has is not known by its tensors, of which the first are: .*\n$/,
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
});
