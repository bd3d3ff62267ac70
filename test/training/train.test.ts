import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DivergedError, evaluate, tf, train, type Death, type TrainingConfig } from 'inception-lab';
import { useTestBackend } from '../support/backend.js';
import { withEnvironment } from '../support/environment.js';
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
      message: /^No checkpoint in .+ is whole\. Remove the folder to start again\. /,
    });
  });

  it('stops after a step where a signal says so, with its reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const steps: number[] = [];
    const stopped = train(toyModel(), data, config, {
      signal: controller.signal,
      onStep: ({ step }) => {
        steps.push(step);
        if (step === 3) controller.abort(reason);
      },
    });
    await assert.rejects(stopped, reason);
    assert.deepEqual(steps, [1, 2, 3]);
  });

  describe('with a name', () => {
    let cache: string;
    const kept = () => readdirSync(join(cache, 'inception-lab'));
    const named = (model: tf.LayersModel, given: Partial<TrainingConfig>, stopAfter?: number) => {
      const epochs: number[] = [];
      const training = withEnvironment({ XDG_CACHE_HOME: cache }, () =>
        train(model, data, given, {
          resume: 'a name',
          onEpoch: ({ epoch }) => {
            epochs.push(epoch);
            if (epoch === stopAfter) throw new Error('stop');
          },
        }),
      );
      return training.then(losses).then(
        (curve) => ({ curve, epochs }),
        (error: unknown) => {
          assert.equal((error as Error).message, 'stop');
          return { curve: undefined, epochs };
        },
      );
    };
    beforeEach(() => {
      cache = temporaryFolder();
    });

    it('goes on where it was stopped, to the bit, and leaves nothing in the end', async () => {
      const whole = losses(await train(toyModel(), data, config));
      await named(toyModel(), config, 2);
      assert.equal(kept().length, 1);
      const { curve, epochs } = await named(toyModel(), config);
      assert.deepEqual(epochs, [3, 4]);
      assert.deepEqual(curve, whole);
      assert.deepEqual(kept(), []);
      assert.deepEqual((await named(toyModel(), config)).epochs, [1, 2, 3, 4]);
    });

    it('begins anew with another configuration, or another network', async () => {
      await named(toyModel(), config, 2);
      const other = { ...config, learningRate: 0.01 };
      assert.deepEqual((await named(toyModel(), other, 1)).epochs, [1]);
      const image = tf.input({ shape: [8, 8, 1] });
      const flat = tf.layers.flatten().apply(image);
      const logits = tf.layers.dense({ units: 2, name: 'logits' }).apply(flat);
      const simple = tf.model({ inputs: image, outputs: logits as tf.SymbolicTensor });
      assert.deepEqual((await named(simple, config, 1)).epochs, [1]);
      assert.deepEqual((await named(toyModel(), config)).epochs, [3, 4]);
    });

    it('goes on where nothing can be kept, and says so once', async () => {
      const whole = losses(await train(toyModel(), data, config));
      cache = join(cache, 'file');
      writeFileSync(cache, 'no folder');
      const { warn } = console;
      const said: unknown[] = [];
      console.warn = (text: unknown) => said.push(text);
      try {
        assert.deepEqual((await named(toyModel(), config)).curve, whole);
      } finally {
        console.warn = warn;
      }
      assert.equal(said.length, 1);
      assert.match(String(said[0]), /^This training cannot be resumed if it is stopped: /);
    });

    it('is not kept in a folder as well', async () => {
      const both = { folder: 'somewhere', resume: 'a name' };
      await assert.rejects(train(toyModel(), data, config, both), /Give one of the two: /);
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
    tf.tidy(() => {
      kernel.write(tf.fill(kernel.shape as number[], NaN));
    });
    const { numTensors } = tf.memory();
    await assert.rejects(train(model, data, config), (error) => {
      assert.ok(error instanceof DivergedError);
      assert.match(error.message, /^The loss is NaN\. .* begin in the layer "second"/);
      return true;
    });
    assert.equal(tf.memory().numTensors, numTensors);
  });

  it('whose network dies says so once and at once, with the step and the layer', async () => {
    const dying = () => {
      const model = toyModel();
      const norm = model.getLayer('norm').getWeights();
      // What comes into the ReLU is negative everywhere; its output is then the last feature map.
      model.getLayer('norm').setWeights([norm[0]!, tf.fill([4], -50), norm[2]!, norm[3]!]);
      const relu = model.getLayer('relu').output as tf.SymbolicTensor;
      const last = tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(relu));
      return tf.model({ inputs: model.inputs, outputs: last as tf.SymbolicTensor });
    };
    const deaths: Death[] = [];
    const model = dying();
    const steps: number[] = [];
    await train(
      model,
      data,
      { ...config, epochs: 2, batchNormMomentum: 0 },
      {
        onDeath: (death) => deaths.push(death),
        onStep: ({ zeroFraction }) => steps.push(zeroFraction),
      },
    );
    assert.equal(deaths.length, 1);
    const [{ epoch, step, zeroFraction, layer }] = deaths as [Death];
    assert.deepEqual([epoch, step, zeroFraction, layer], [1, 1, 1, 'relu']);
    assert.deepEqual(steps, Array(16).fill(1));

    const { warn } = console;
    const said: unknown[] = [];
    console.warn = (text: unknown) => said.push(text);
    try {
      await train(dying(), data, { ...config, epochs: 1 });
    } finally {
      console.warn = warn;
    }
    assert.match(
      said.join(),
      /^The network has died in step 1 of epoch 1: 100\.0 % of its last feature map is 0; that begins in the layer "relu"\./,
    );
  });

  it('that looks for the layer of a death leaves the moving averages as they were', async () => {
    const model = toyModel();
    const [first, second] = ['first', 'second'].map((name) => model.getLayer(name));
    // The last feature map is 0; the next step's is not.
    second!.setWeights([tf.zeros([3, 3, 4, 4]), tf.zeros([4])]);
    const { height, width, channels, train: split } = data;
    const bytes = tf.tensor4d(Array.from(split.images as Uint8Array), [
      64,
      height,
      width,
      channels,
    ]);
    const maps = first!.apply(bytes.div(127.5).sub(1)) as tf.Tensor4D;
    const means = await maps.mean([0, 1, 2]).data();
    const still = { flip: false, shift: 0 };
    const options = { ...config, epochs: 1, batchSize: 64, averageDecay: 0, augmentation: still };
    const deaths: Death[] = [];
    await train(model, data, options, { onDeath: (death) => deaths.push(death) });
    assert.deepEqual(
      deaths.map(({ layer }) => layer),
      ['second'],
    );
    // A single update, from 0 on.
    const moving = await model.getLayer('norm').getWeights()[2]!.data();
    for (const [i, mean] of means.entries()) {
      assert.ok(Math.abs(moving[i]! - 0.1 * mean) < 1e-5, `${moving[i]} for ${0.1 * mean}`);
    }
  });

  it('counts the auxiliary loss with its weight', async () => {
    const image = tf.input({ shape: [8, 8, 1] });
    const flat = tf.layers.flatten().apply(image);
    const [main, auxiliary] = ['main', 'auxiliary'].map(
      (name) => tf.layers.dense({ units: 2, name }).apply(flat) as tf.SymbolicTensor,
    );
    const first = async (auxiliaryWeight: number, labelSmoothing = 0) => {
      const model = tf.model({ inputs: image, outputs: [main!, auxiliary!] });
      for (const [name, bias] of [
        ['main', [1, 0]],
        ['auxiliary', [0, 2]],
      ] as const) {
        model.getLayer(name).setWeights([tf.zeros([64, 2]), tf.tensor1d([...bias])]);
      }
      const settings = { auxiliaryWeight, labelSmoothing, averageDecay: 0 };
      const options = { ...config, ...settings, epochs: 1, batchSize: 64 };
      return (await train(model, data, options))[0]!.loss;
    };
    // Half of the pictures are of either class: the mean of both cross entropies.
    const entropy = (a: number, b: number) => Math.log(Math.exp(a) + Math.exp(b)) - (a + b) / 2;
    for (const weight of [0, 0.4, 1]) {
      const expected = entropy(1, 0) + weight * entropy(0, 2);
      assert.ok(Math.abs((await first(weight)) - expected) < 1e-5, `${weight}`);
    }
  });

  it('ends with the averaged weights in the model, also where it had ended before', async () => {
    const folder = temporaryFolder();
    const model = toyModel();
    const curve = await train(model, data, { ...config, averageDecay: 0.99 }, { folder });
    assert.equal((await evaluate(model, data)).top1, curve.at(-1)!.top1);
    const other = toyModel(7);
    await train(other, data, { ...config, averageDecay: 0.99 }, { folder });
    for (const [i, weight] of other.getWeights().entries()) {
      assert.deepEqual(weight.dataSync(), model.getWeights()[i]!.dataSync());
    }
  });

  for (const optimizer of ['rmsprop', 'sgd'] as const) {
    it(`by ${optimizer} goes on from its folder, and keeps no tensor`, async () => {
      const folder = temporaryFolder();
      const model = toyModel();
      const tensors = tf.memory().numTensors;
      await train(model, data, { ...config, optimizer, epochs: 2 }, { folder });
      assert.equal(tf.memory().numTensors, tensors);
      const goneOn = losses(await train(model, data, { ...config, optimizer }, { folder }));
      assert.equal(tf.memory().numTensors, tensors);
      assert.deepEqual(goneOn, losses(await train(toyModel(), data, { ...config, optimizer })));
    });
  }

  it('writes logs for TensorBoard on the native backend alone, and says so', async () => {
    await assert.rejects(train(toyModel(), data, config, { tensorBoard: temporaryFolder() }), {
      message: /^Only the native backend writes TensorBoard's logs, but this is "wasm"\./,
    });
  });

  it('refuses a model that does not fit', async () => {
    const logits = { units: 2, name: 'logits' };
    const dense = (options: object, inputShape = [8, 8, 1]) =>
      tf.sequential({
        layers: [tf.layers.flatten({ inputShape }), tf.layers.dense({ ...logits, ...options })],
      });
    for (const [model, message] of [
      [dense({ units: 3 }), /has 3 classes, but left or right has 2: build it with classes: 2\.$/],
      [
        dense({ activation: 'softmax' }),
        /ends with "softmax"; .* build it with activation: 'linear'\.$/,
      ],
      [
        tf.sequential({ layers: [dense({ activation: 'softmax' })] }),
        /ends with "softmax"; .* build it with activation: 'linear'\.$/,
      ],
      [tf.sequential({ layers: [dense({}), tf.layers.softmax()] }), /ends with "softmax"; /],
      [dense({}, [9, 8, 1]), /takes pictures of \[9, 8, 1\], .* inputShape: \[8, 8, 1\]\.$/],
    ] as const) {
      await assert.rejects(train(model, data, config), { message });
    }
    await assert.rejects(train(dense({}), data, { batchSize: 65 }), {
      message: 'batchSize is 65, but left or right has only 64 pictures to train with.',
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
