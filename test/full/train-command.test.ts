import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { evaluate, inceptionResNetV2, loadWeights } from 'inception-lab';
import { loadData } from '../../dist/training/load-data.js';
import { useTestBackend } from '../support/backend.js';
import { inceptionLab, startInceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const options = { width: 0.02, blocks: [1, 1, 1] as [number, number, number] };

/** Red and blue pictures, and a recipe for them. */
async function prepare(training: object = {}): Promise<{ folder: string; recipe: string }> {
  const folder = temporaryFolder();
  for (const split of ['train', 'val']) {
    for (const background of ['red', 'blue']) {
      mkdirSync(join(folder, 'pictures', split, background), { recursive: true });
      for (let i = 0; i < 8; i++) {
        const picture = sharp({ create: { width: 16, height: 16, channels: 3, background } });
        await picture.toFile(join(folder, 'pictures', split, background, `${i}.png`));
      }
    }
  }
  const recipe = join(folder, 'recipe.json');
  const config = { epochs: 2, batchSize: 8, averageDecay: 0, batchNormMomentum: 0.5, ...training };
  const data = { name: join(folder, 'pictures'), size: 12 };
  const network = { name: 'inception-resnet-v2', options };
  writeFileSync(recipe, JSON.stringify({ data, network, training: config }));
  return { folder, recipe };
}

describe('inception-lab train', function () {
  this.timeout(120_000);

  it('writes weights with which the network errs as often as is said', async () => {
    const { folder, recipe } = await prepare();
    const output = join(folder, 'weights.safetensors');
    const { status, stdout } = await inceptionLab(
      ...['train', recipe, '--output', output, '--backend', 'wasm'],
    );
    assert.equal(status, 0);
    assert.match(stdout, /^epoch 1, loss \d\.\d{3}, top-1 error \d+\.\d %, \d+ s$/m);
    const [, said] =
      /^The weights are in .+weights\.safetensors; top-1 error (\d+\.\d\d) %\.$/m.exec(stdout)!;
    assert.ok(!existsSync(`${output}.training`), 'the checkpoints are gone');
    await useTestBackend();
    const shape = { stem: 'small', inputShape: [12, 12, 3], classes: 2 } as const;
    const model = inceptionResNetV2({
      ...options,
      ...{ ...shape, inputShape: [12, 12, 3], activation: 'linear' },
    });
    await loadWeights(model, output);
    const data = await loadData({ name: join(folder, 'pictures'), size: 12 });
    assert.equal(((await evaluate(model, data)).top1 * 100).toFixed(2), said);
  });

  it('that is killed goes on, and two at once do not', async () => {
    const { folder, recipe } = await prepare({ epochs: 40 });
    const output = join(folder, 'weights.safetensors');
    const args = ['train', recipe, '--output', output, '--backend', 'wasm'];
    const first = startInceptionLab(...args);
    await first.said(/^epoch 2/m);
    const second = await inceptionLab(...args);
    assert.equal(second.status, 1);
    assert.match(
      second.stderr,
      /^Another process is training in .+weights\.safetensors\.training\.$/m,
    );
    first.interrupt();
    assert.equal((await first.ended).status, 130);
    const third = startInceptionLab(...args);
    const begun = await third.said(/^epoch (\d+)/m);
    assert.ok(Number(begun.split(' ')[1]) > 2, begun);
    third.interrupt();
    await third.ended;
  });

  it('whose disk is full says so, and keeps the checkpoint before', async function () {
    if (process.platform === 'win32') this.skip();
    const { folder, recipe } = await prepare({ epochs: 3 });
    const output = join(folder, 'weights.safetensors');
    const args = ['train', recipe, '--output', output, '--backend', 'wasm'];
    const first = startInceptionLab(...args);
    await first.said(/^epoch 1/m);
    first.interrupt();
    await first.ended;
    const before = readdirSync(`${output}.training`).filter((name) => name !== 'process');
    // No file may be longer than 16 blocks: what a process writes beyond fails.
    const command = `trap '' XFSZ; ulimit -f 16; exec "$0" dist/cli/main.js "$@"`;
    const limited = promisify(execFile)('sh', ['-c', command, process.execPath, ...args]);
    await assert.rejects(limited, (error) => {
      const { code, stderr } = error as { code: number; stderr: string };
      assert.equal(code, 1);
      assert.match(stderr, /^Cannot write ".+checkpoint-draft\.safetensors": .+\.$/m);
      return true;
    });
    const after = readdirSync(`${output}.training`).filter((name) => name !== 'process');
    assert.deepEqual(after, before);
    const { status } = await inceptionLab(...args);
    assert.equal(status, 0);
  });

  for (const [problem, change, message] of [
    ['no JSON', () => 'epochs: 3', /^Cannot use .+recipe\.json: Unexpected token/m],
    [
      'an unknown part',
      (recipe: object) => JSON.stringify({ ...recipe, epochs: 3 }),
      /^Cannot use .+: The recipe has "epochs": it must be an object with "data" and "network"/m,
    ],
    [
      'an unknown setting',
      (recipe: object) => JSON.stringify({ ...recipe, training: { rate: 3 } }),
      /^Cannot use .+: A training has no setting "rate"\. Its settings are: /m,
    ],
    [
      'an unknown network',
      (recipe: object) => JSON.stringify({ ...recipe, network: { name: 'resnet' } }),
      /^Cannot use .+: There is no network "resnet"\. Choose one of: /m,
    ],
    [
      'no pictures',
      (recipe: object) => JSON.stringify({ ...recipe, data: { name: 'nowhere' } }),
      /^There is no data set "nowhere", and no folder of that path\. /m,
    ],
  ] as const) {
    it(`ends with one sentence and status 1 at ${problem}`, async () => {
      const { folder, recipe } = await prepare();
      writeFileSync(recipe, change(JSON.parse(readFileSync(recipe, 'utf8')) as object));
      const output = join(folder, 'weights.safetensors');
      const { status, stderr } = await inceptionLab(
        ...['train', recipe, '--output', output, '--backend', 'wasm'],
      );
      assert.equal(status, 1);
      assert.match(stderr, message);
      rmSync(folder, { recursive: true });
    });
  }

  it('does not write over weights that are there', async () => {
    const { folder, recipe } = await prepare();
    const output = join(folder, 'weights.safetensors');
    writeFileSync(output, 'mine');
    const { status, stderr } = await inceptionLab('train', recipe, '--output', output);
    assert.equal(status, 1);
    assert.match(stderr, /weights\.safetensors already exists\. Remove it, or choose another/);
  });
});
