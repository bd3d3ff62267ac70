import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { createNetwork, evaluate, inceptionV4, type tf } from 'inception-lab';
import { timmLayout } from '../../dist/models/weights/timm/timm.js';
import { writeSafetensors } from '../../dist/models/weights/write-safetensors.js';
import { loadData } from '../../dist/training/load-data.js';
import { useTestBackend } from '../support/backend.js';
import { inceptionLab } from '../support/command.js';
import { hashWeights } from '../support/hash-weights.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Of the page's network, what a test has time for. */
const thin = { inputShape: [75, 75, 3] as [number, number, number], width: 0.05 };

describe('The page on published weights', function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const flowers = join(folder, 'flowers');
  const weights = join(folder, 'inception_v4.safetensors');
  const tuned = join(folder, 'flowers.safetensors');

  /** A block of code of the page, with our folders, the thin network and small batches. */
  async function blockOf(language: string): Promise<string> {
    const page = await readFile('docs/published-weights.md', 'utf8');
    const [, code] = new RegExp('```' + language + '\\n([^]*?)```').exec(page)!;
    const replacements: [string, string][] =
      language === 'ts'
        ? [
            ["'flowers'", JSON.stringify(flowers)],
            ["'inception_v4.safetensors'", JSON.stringify(weights)],
            ["'flowers.safetensors'", JSON.stringify(tuned)],
            ['size: 160', 'size: 75'],
            ['inputShape: [160, 160, 3]', 'inputShape: [75, 75, 3], width: 0.05'],
            ['{ epochs: 2,', '{ epochs: 1, batchSize: 4,'],
            ['epochs: 4,', 'epochs: 2, batchSize: 4,'],
          ]
        : [
            ['"flowers"', JSON.stringify(flowers)],
            ['"inception_v4.safetensors"', JSON.stringify(weights)],
            ['"size": 160', '"size": 75'],
            ['"frozen": true', '"frozen": true, "options": { "width": 0.05 }'],
            ['"epochs": 2,', '"epochs": 1, "batchSize": 4,'],
          ];
    return replacements.reduce((text, [from, to]) => {
      assert.ok(text.includes(from), from);
      return text.replace(from, to);
    }, code!);
  }

  before(async () => {
    await useTestBackend();
    for (const [split, count] of [
      ['train', 8],
      ['val', 4],
    ] as const) {
      for (const background of ['red', 'blue']) {
        await mkdir(join(flowers, split, background), { recursive: true });
        for (let i = 0; i < count; i++) {
          const size = { width: 80 + i, height: 90 };
          await sharp({ create: { ...size, channels: 3, background } }).toFile(
            join(flowers, split, background, `${i}.jpg`),
          );
        }
      }
    }
    const timms = inceptionV4({ ...thin, variant: 'slim' });
    const shapes = new Map(timmLayout.locate(timms).map(({ name, shape }) => [name, shape]));
    await writeSafetensors(weights, hashWeights(shapes));
    timms.dispose();
  });

  it('fine-tunes as it says, and what it saves is recognized', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', await blockOf('ts')],
      { env: { ...process.env, INCEPTION_LAB_BACKEND: 'wasm' } },
    );
    assert.match(
      stdout,
      /timm's weights of inception-v4, variant slim, 1000 classes, without its classifier; pixels from −1 to 1\./,
    );
    const model = await createNetwork('inception-v4', {
      ...thin,
      weights: tuned,
      activation: 'linear',
      tell: () => undefined,
    });
    assert.deepEqual(model.outputs[0]!.shape, [null, 2]);
    const kernel = (of: tf.LayersModel) => of.getLayer('stem/conv1').getWeights()[0]!.dataSync();
    const before = await createNetwork('inception-v4', {
      ...{ ...thin, weights, top: false, tell: () => undefined },
    });
    // In the second training the body moves, too.
    assert.notDeepEqual(kernel(model), kernel(before));
    const { top1 } = await evaluate(model, await loadData({ name: flowers, size: 75 }));
    assert.ok(top1 <= 0.5);
  });

  it('has a recipe that trains', async () => {
    const recipe = join(folder, 'recipe.json');
    await writeFile(recipe, await blockOf('json'));
    const output = join(folder, 'recipe.safetensors');
    const { status, stdout, stderr } = await inceptionLab(
      'train',
      recipe,
      '--output',
      output,
      '--backend',
      'wasm',
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /without its classifier/);
    assert.match(stdout, /^The weights are in .*recipe\.safetensors; top-1 error/m);
    const wrong = join(folder, 'wrong.json');
    await writeFile(wrong, (await blockOf('json')).replace('"frozen"', '"freeze"'));
    const refused = await inceptionLab(
      'train',
      wrong,
      '--output',
      `${output}.2`,
      '--backend',
      'wasm',
    );
    assert.equal(refused.status, 1);
    assert.match(
      refused.stderr,
      /network has "freeze"\. It may have: name, options, weights, classifier, frozen\./,
    );
  });
});
