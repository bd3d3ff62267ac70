import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DivergedError, evaluate, tf, train, type TrainingConfig } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { toyData } from '../support/toy-data.js';
import { toyModel } from '../support/toy-model.js';

const data = toyData(64, 32);
const config: Partial<TrainingConfig> = {
  epochs: 4,
  batchSize: 8,
  averageDecay: 0.9,
  batchNormMomentum: 0.9,
  augmentation: { flip: false, shift: 1 },
};

/** What must be the same in every run. */
function losses(curve: readonly { loss: number; top1: number }[]): number[][] {
  return curve.map(({ loss, top1 }) => [loss, top1]);
}

describe('A training', function () {
  this.timeout(120_000);
  before(useTestBackend);

  it('lowers the loss, learns what is to be learnt, and keeps no tensor', async () => {
    const model = toyModel();
    assert.ok((await evaluate(model, data)).top1 > 0.2);
    const tensors = tf.memory().numTensors;
    const curve = await train(model, data, { ...config, epochs: 8 });
    assert.equal(tf.memory().numTensors, tensors);
    assert.ok(curve.at(-1)!.loss < curve[0]!.loss / 1.5, JSON.stringify(losses(curve)));
    assert.equal(curve.at(-1)!.top1, 0);
    assert.equal((await evaluate(model, data)).top1, 0);
  });

  it('that stops after an epoch goes on as if it had not, to the bit', async () => {
    const whole = losses(await train(toyModel(), data, config));
    const folder = temporaryFolder();
    const stop = new Error('stop');
    const stopped = train(toyModel(), data, config, {
      folder,
      onEpoch: ({ epoch }) => (epoch === 2 ? Promise.reject(stop) : undefined),
    });
    await assert.rejects(stopped, stop);
    // Another seed: the weights are the checkpoint's.
    assert.deepEqual(losses(await train(toyModel(7), data, config, { folder })), whole);
  });

  it('that is killed at any moment goes on as if it had not been', async () => {
    const whole = losses(await train(toyModel(), data, config));
    const folder = temporaryFolder();
    const script = join(process.cwd(), 'test/support/train-toy.ts');
    for (const patience of [0, 30, 60]) {
      const child = spawn(process.execPath, ['--import=tsx', script, folder], { stdio: 'pipe' });
      await new Promise<void>((resolve) => {
        // Some time after the first step.
        child.stdout.once('data', () => setTimeout(resolve, patience));
        child.once('close', resolve);
      });
      child.kill('SIGKILL');
    }
    assert.deepEqual(losses(await train(toyModel(), data, config, { folder })), whole);
  });

  it('whose newest checkpoint is damaged goes on from the one before', async () => {
    const folder = temporaryFolder();
    const whole = losses(await train(toyModel(), data, config, { folder }));
    truncateSync(join(folder, 'checkpoint.safetensors'), 2000);
    assert.deepEqual(losses(await train(toyModel(), data, config, { folder })), whole);
    for (const name of ['checkpoint.safetensors', 'checkpoint-before.safetensors']) {
      writeFileSync(join(folder, name), 'nothing');
    }
    await assert.rejects(train(toyModel(), data, config, { folder }), {
      message: /^No checkpoint in .+ is whole\. Remove the folder to begin anew\. /,
    });
  });

  it('decays kernels by what weight decay says, and nothing else', async () => {
    const [rate, decay] = [0.5, 0.01];
    const after = async (weightDecay: number) => {
      const model = toyModel();
      const begin = model.getWeights().map((weight) => weight.dataSync().slice());
      const options = {
        optimizer: 'sgd',
        momentum: 0,
        averageDecay: 0,
        learningRate: rate,
      } as const;
      await train(model, data, { ...config, ...options, epochs: 1, batchSize: 64, weightDecay });
      return model.weights.map(({ originalName }, i) => ({
        name: originalName,
        begin: begin[i]!,
        end: model.getWeights()[i]!.dataSync(),
      }));
    };
    const [without, withDecay] = [await after(0), await after(decay)];
    for (const [i, { name, begin, end }] of withDecay.entries()) {
      const isKernel = name.endsWith('/kernel');
      for (const [j, value] of end.entries()) {
        const expected = without[i]!.end[j]! - (isKernel ? rate * decay * begin[j]! : 0);
        assert.ok(Math.abs(value - expected) < 1e-6, `${name}: ${value} for ${expected}`);
      }
    }
  });

  it('whose loss is no number says so at once, and names the layer', async () => {
    const model = toyModel();
    const kernel = model.getLayer('second').weights[0]!;
    kernel.write(tf.fill(kernel.shape as number[], NaN));
    await assert.rejects(train(model, data, config), (error) => {
      assert.ok(error instanceof DivergedError);
      assert.match(error.message, /^The loss is NaN\. .* begins in the layer "second"/);
      return true;
    });
  });

  it('refuses a model that does not fit', async () => {
    const logits = { units: 2, name: 'logits' };
    const dense = (options: object, inputShape = [8, 8, 1]) =>
      tf.sequential({
        layers: [tf.layers.flatten({ inputShape }), tf.layers.dense({ ...logits, ...options })],
      });
    for (const [model, message] of [
      [
        dense({ units: 3 }),
        /knows 3 classes, and left or right has 2: build it with classes: 2\.$/,
      ],
      [
        dense({ activation: 'softmax' }),
        /ends with "softmax"; .* build it with activation: 'linear'\.$/,
      ],
      [dense({}, [9, 8, 1]), /takes pictures of \[9, 8, 1\], .* inputShape: \[8, 8, 1\]\.$/],
    ] as const) {
      await assert.rejects(train(model, data, config), { message });
    }
    await assert.rejects(train(dense({}), data, { batchSize: 65 }), {
      message: 'batchSize is 65, and left or right has 64 pictures to train with.',
    });
  });

  it('keeps its checkpoint where the new one cannot be written', async () => {
    const folder = temporaryFolder();
    await train(toyModel(), data, { ...config, epochs: 1 }, { folder });
    const path = join(folder, 'checkpoint.safetensors');
    const kept = join(folder, 'kept');
    copyFileSync(path, kept);
    // A folder stands where the draft is to be written.
    const { mkdirSync, readFileSync } = await import('node:fs');
    mkdirSync(join(folder, 'checkpoint-draft.safetensors', 'x'), { recursive: true });
    await assert.rejects(train(toyModel(), data, config, { folder }), {
      message: /^Cannot write ".+checkpoint-draft\.safetensors"/,
    });
    assert.ok(existsSync(path) && readFileSync(path).equals(readFileSync(kept)));
  });
});
