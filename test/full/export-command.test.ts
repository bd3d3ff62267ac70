import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { googLeNet, saveWeights } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';
import { inceptionLab } from '../support/command.js';
import { readOnnx } from '../support/read-onnx.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('inception-lab export', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const weights = join(folder, 'weights.safetensors');
  const output = join(folder, 'out', 'network.onnx');
  before(async () => {
    await useTestBackend();
    const model = googLeNet({ inputShape: [64, 48, 3], classes: 3, seed: 1 });
    await saveWeights(model, weights);
    model.dispose();
  });

  it('writes a network with its weights as ONNX', async () => {
    const { status, stdout, stderr } = await inceptionLab(
      ...['export', 'googlenet', weights],
      ...['--input', '64x48', '--to', 'onnx', '--output', output],
    );
    assert.deepEqual([status, stdout], [0, `Wrote ${output}.\n`]);
    assert.match(stderr, /inception-lab's weights of googlenet, variant paper, 3 classes; .*\n$/);
    const { outputs, tensors } = readOnnx(readFileSync(output));
    assert.deepEqual(outputs, ['head/softmax']);
    assert.deepEqual(tensors.get('head/logits/kernel')?.shape, [1024, 3]);
  });

  const none = join(folder, 'none');
  const own = [weights, '--output', none];
  for (const [problem, args, message] of [
    [
      'an unknown network',
      ['vgg', ...own, '--to', 'onnx'],
      /^There is no network "vgg"\. Choose one of: inception-v4, .*\n$/,
    ],
    [
      'a network that timm does not have',
      ['googlenet', ...own, '--to', 'timm'],
      /^.*googlenet.*\ntimm's names are not known for the model "googLeNet", only for: .*\n$/,
    ],
    [
      'weights of another network',
      ['inception-v3', ...own, '--to', 'onnx'],
      /^The weights in ".*" are inception-lab's of "googlenet", not of "inception-v3"\. .*\n$/,
    ],
    [
      'an unknown format',
      ['googlenet', ...own, '--to', 'keras'],
      /'keras' is invalid\. Allowed choices are onnx, timm\.\n$/,
    ],
    [
      'no format',
      ['googlenet', ...own],
      /^error: required option '--to <format>' not specified\n$/,
    ],
    [
      'a folder that cannot be made',
      ['googlenet', ...own, '--to', 'onnx', '--output', join(weights, 'x.onnx')],
      /^.*googlenet.*\nCannot write ".*x\.onnx": .*\n$/,
    ],
  ] as const) {
    it(`ends with one line and status 1 at ${problem}`, async () => {
      const { status, stdout, stderr } = await inceptionLab('export', ...args);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, message);
      assert.ok(!existsSync(none));
    });
  }
});
