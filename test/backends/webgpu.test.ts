import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { tf, useBackend } from 'inception-lab';
import { describeAdapter } from '../../dist/backends/describe-adapter.js';
import { describeOn } from '../support/backends.js';

const library = new URL('../../dist/index.js', import.meta.url).href;

/** Runs a module that has `lab` in a process of its own, for as long as 20 s. */
function runModule(code: string, env: NodeJS.ProcessEnv = {}) {
  return spawnSync(
    process.execPath,
    ['--expose-gc', '--input-type=module', '--eval', `import * as lab from '${library}';\n${code}`],
    { encoding: 'utf8', timeout: 20_000, env: { ...process.env, ...env } },
  );
}

describeOn('webgpu', 'The WebGPU backend', () => {
  it('computes on the adapter, and is no GPU unless that is one', async () => {
    const { name, device, gpu } = await useBackend('webgpu');
    assert.equal(name, 'webgpu');
    assert.match(device, gpu ? /^GPU, ./ : /^software adapter, ./);
    assert.equal(tf.getBackend(), 'webgpu');
  });

  it('is loaded with the one TensorFlow.js of the process', () => {
    const { cache } = createRequire(import.meta.url);
    const loaded = (name: string) => Object.keys(cache).filter((path) => path.endsWith(name));
    assert.equal(loaded('tf-core.node.js').length, 1);
    assert.equal(loaded('tf-backend-webgpu.node.js').length, 1);
  });

  it('lends its navigator to TensorFlow.js for the start only', () => {
    assert.equal((globalThis.navigator as object | undefined) && 'gpu' in navigator, undefined);
  });

  describe('read at once', () => {
    /** Over the size up to which TensorFlow.js computes on the CPU. */
    const count = 3000;

    it('gives floats', () => {
      const values = tf.range(0, count).mul(2).add(1).dataSync();
      assert.deepEqual(
        Array.from(values),
        Array.from({ length: count }, (_, i) => 2 * i + 1),
      );
    });

    it('gives integers and truth values', () => {
      const integers = tf.range(0, count, 1, 'int32').mul(tf.scalar(-3, 'int32'));
      assert.deepEqual(integers.dataSync().slice(-2), Int32Array.of(-8994, -8997));
      const greater = tf.range(0, count).greater(2997);
      assert.equal(greater.dtype, 'bool');
      assert.deepEqual(Array.from(greater.dataSync().slice(-3)), [0, 1, 1]);
    });

    it('gives complex numbers', () => {
      // (n + n i)(1 + i) = 2 n i
      const n = tf.range(0, count);
      const product = tf.complex(n, n).mul(tf.complex(tf.onesLike(n), tf.onesLike(n)));
      assert.deepEqual(Array.from(product.dataSync().slice(-4)), [0, 5996, 0, 5998]);
    });

    it('gives what a long chain of operations ends in, as the wait for it gives', async () => {
      let sum = tf.eye(40);
      for (let i = 0; i < 100; i++) sum = sum.matMul(tf.eye(40)).add(1);
      const expected = Array.from({ length: 1600 }, (_, i) => (i % 41 === 0 ? 101 : 100));
      assert.deepEqual(Array.from(sum.add(0).dataSync()), expected);
      assert.deepEqual(Array.from(await sum.add(0).data()), expected);
    });

    it('gets between reads that are waited for', async () => {
      const waited = tf.range(0, count).mul(2).data();
      assert.equal(tf.range(0, count).mul(3).dataSync()[999], 2997);
      assert.equal((await waited)[999], 1998);
    });

    it('leaves setImmediate as Node has it', async () => {
      const order: string[] = [];
      setImmediate((word: string) => order.push(word), 'immediate');
      const canceled = setImmediate(() => order.push('canceled'));
      clearImmediate(canceled);
      tf.range(0, count).mul(2).dataSync();
      order.push('read');
      assert.equal(await promisify(setImmediate)('promised'), 'promised');
      assert.deepEqual(order, ['read', 'immediate']);
    });
  });

  it('trains: the losses are those worked out by hand', async () => {
    // y = w x from w = 0 on (1, 2) and (2, 4), rate 0.1: w becomes 1, then 1.5.
    const kernelInitializer = 'zeros';
    const dense = tf.layers.dense({ inputShape: [1], units: 1, useBias: false, kernelInitializer });
    const model = tf.sequential({ layers: [dense] });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
    for (const expected of [10, 2.5, 0.625]) {
      const loss = await model.trainOnBatch(tf.tensor2d([[1], [2]]), tf.tensor2d([[2], [4]]));
      assert.ok(Math.abs(Number(loss) - expected) < 1e-5, `${Number(loss)} is not ${expected}`);
    }
  });

  it('normalizes a batch of so many places that several workgroups add them up', () => {
    const [rows, channels, epsilon] = [2 * 48 * 50, 20, 1e-3];
    const random = (shape: number[], seed: number) => tf.randomNormal(shape, 1, 2, 'float32', seed);
    const [x, weights] = [random([2, 48, 50, channels], 1), random([2, 48, 50, channels], 2)];
    const layer = tf.layers.batchNormalization({ epsilon, momentum: 0 });
    layer.build(x.shape);
    const [gamma, beta] = [random([channels], 3), random([channels], 4)];
    const loss = (image: tf.Tensor, scale: tf.Tensor, shift: tf.Tensor) => {
      Object.assign(layer, { gamma: { read: () => scale }, beta: { read: () => shift } });
      return tf.sum<tf.Scalar>(tf.mul(layer.call(image, { training: true }) as tf.Tensor, weights));
    };
    const gradients = tf
      .grads(loss)([x, gamma, beta])
      .map((tensor) => tensor.dataSync());
    const [dx, dGamma, dBeta] = gradients as [Float32Array, Float32Array, Float32Array];
    const [values, dy, scale] = [x, weights, gamma].map((tensor) => tensor.dataSync());
    const [movingMean, movingVariance] = layer.weights.slice(-2).map((w) => w.read().dataSync());

    for (let c = 0; c < channels; c++) {
      const column = (of: ArrayLike<number>) =>
        Array.from({ length: rows }, (_, row) => of[row * channels + c]!);
      const mean = (of: number[]) => of.reduce((sum, value) => sum + value, 0) / rows;
      const [own, change] = [column(values!), column(dy!)];
      const centre = mean(own);
      const variance = mean(own.map((value) => (value - centre) ** 2));
      const normalized = own.map((value) => (value - centre) / Math.sqrt(variance + epsilon));
      const products = normalized.map((value, i) => value * change[i]!);
      const near = (actual: number, expected: number, within: number) => {
        assert.ok(Math.abs(actual - expected) < within, `channel ${c}: ${actual}, not ${expected}`);
      };
      near(movingMean![c]!, centre, 1e-4);
      near(movingVariance![c]!, variance, 1e-3);
      near(dBeta[c]!, rows * mean(change), 0.05);
      near(dGamma[c]!, rows * mean(products), 0.05);
      const factor = scale![c]! / Math.sqrt(variance + epsilon);
      for (const row of [0, 1700, rows - 1]) {
        const slope = normalized[row]! * mean(products);
        near(dx[row * channels + c]!, factor * (change[row]! - mean(change) - slope), 1e-4);
      }
    }
  });

  it('lets the process end by itself, also after the garbage collector has run', () => {
    const { status, signal, stdout, stderr } = runModule(`
      await lab.useBackend('webgpu');
      const image = lab.tf.ones([2, 32, 32, 4]);
      const kernel = lab.tf.ones([3, 3, 4, 8]);
      for (let i = 0; i < 3; i++) {
        gc();
        await new Promise((resolve) => setTimeout(resolve, 20));
        const sum = lab.tf.conv2d(image, kernel, 1, 'valid').sum();
        console.log((await sum.data())[0], sum.add(1).dataSync()[0]);
      }
    `);
    // 2 images, 30 × 30 windows, 8 filters, of 36 ones each.
    assert.equal(stdout, '518400 518401\n'.repeat(3), stderr);
    assert.deepEqual({ status, signal }, { status: 0, signal: null });
  });
});

describe('WebGPU without an adapter', () => {
  it('is refused with a reason, and is not left behind in TensorFlow.js', () => {
    const { status, stdout } = runModule(
      `
      const why = await lab.useBackend('webgpu').catch((error) => error.message);
      console.log(lab.tf.findBackendFactory('webgpu'));
      console.log(why);
    `,
      { VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' },
    );
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^null\nThe backend "webgpu" was asked for, but cannot start: (WebGPU finds no adapter|Dawn needs|the (optional )?package)/,
    );
  });
});

describe('describeAdapter', () => {
  const nvidia = {
    vendor: 'nvidia',
    architecture: 'hopper',
    device: 'NVIDIA H200',
    description: '',
  };

  it('calls a GPU by its name', () => {
    assert.deepEqual(describeAdapter(nvidia), { device: 'GPU, NVIDIA H200', gpu: true });
  });

  it('knows software by the fallback flag or by the name of the driver', () => {
    assert.equal(describeAdapter({ ...nvidia, isFallbackAdapter: true }).gpu, false);
    const llvmpipe = { ...nvidia, device: 'llvmpipe (LLVM 19.1.7, 256 bits)' };
    assert.deepEqual(describeAdapter(llvmpipe), {
      device: 'software adapter, llvmpipe',
      gpu: false,
    });
  });
});
