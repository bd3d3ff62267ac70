import assert from 'node:assert/strict';
import type { ModelSummary } from 'inception-lab';
import { inceptionLab } from '../support/command.js';

describe('inception-lab summary', function () {
  this.timeout(60_000);

  it('prints a tree of what the network costs', async () => {
    const { status, stdout } = await inceptionLab('summary', 'inception-resnet-v1');
    assert.equal(status, 0);
    assert.match(stdout, /^inceptionResNetV1 +1000 +22,756,328 +6,206,361,696/m);
    assert.match(stdout, /^ {2}inceptionResNetC5 +8 × 8 × 1792 +1,600,768/m);
  });

  it('prints all of it as JSON, for another input and variant', async () => {
    const { stdout } = await inceptionLab(
      'summary',
      'inception-v3',
      '--variant',
      'torchvision',
      '--input',
      '150x200',
      '--json',
    );
    const { parameters, blocks, types } = JSON.parse(stdout) as ModelSummary;
    assert.equal(parameters, 23_834_568);
    assert.deepEqual(blocks.at(-2)?.outputShape, [3, 4, 2048]);
    assert.equal(types.find(({ type }) => type === 'Conv2D')?.layers, 94);
  });

  for (const [problem, args, message] of [
    ['an unknown network', ['vgg'], /^There is no network "vgg"\. Choose one of: inception-v4, /],
    [
      'an unknown variant',
      ['inception-v4', '--variant', 'keras'],
      /^There is no variant "keras"\. Choose one of: paper, slim\.\n$/,
    ],
    [
      'a size that is none',
      ['inception-v4', '--input', 'large'],
      /Give height, width and channels, as 299x299x3/,
    ],
    [
      'an input that is too small',
      ['inception-v4', '--input', '32x32'],
      /^Inception-v4 cannot take an input of \[32, 32, 3\]/,
    ],
  ] as const) {
    it(`ends with one sentence and status 1 at ${problem}`, async () => {
      const { status, stderr } = await inceptionLab('summary', ...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
    });
  }
});
