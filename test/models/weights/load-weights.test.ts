import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { convolutionUnit, loadWeights, saveWeights, tf, type WeightsOrigin } from 'inception-lab';
import { openSafetensors } from '../../../dist/models/weights/safetensors.js';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { entry, safetensorsBytes } from '../../support/safetensors-bytes.js';

/** A convolution unit and a classifier, of 8 weights; random ones without a seed. */
function smallModel({ classes = 2 } = {}): tf.LayersModel {
  const inputs = tf.input({ shape: [4, 4, 3] });
  const x = convolutionUnit(inputs, { name: 'stem/conv1', filters: 5, kernelSize: [1, 3] });
  const outputs = [
    tf.layers.globalAveragePooling2d({}),
    tf.layers.dense({ name: 'head/logits', units: classes }),
  ].reduce((input, layer) => layer.apply(input) as tf.SymbolicTensor, x);
  return tf.model({ inputs, outputs, name: 'small' });
}

/** Every weight's bits, since NaN and −0 count too. */
function bitsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => {
    const values = weight.dataSync<'float32'>();
    return Array.from(new Uint32Array(values.slice().buffer));
  });
}

const shapes: readonly [name: string, shape: readonly number[]][] = [
  ['stem/conv1/kernel', [1, 3, 3, 5]],
  ['stem/conv1/batchNorm/gamma', [5]],
  ['stem/conv1/batchNorm/beta', [5]],
  ['stem/conv1/batchNorm/moving_mean', [5]],
  ['stem/conv1/batchNorm/moving_variance', [5]],
  ['head/logits/kernel', [5, 2]],
  ['head/logits/bias', [2]],
];

/** A file of the small model's weights, all of them one 16-bit number. */
function halfPrecision(dtype: string, bits: number): Buffer {
  let begin = 0;
  const entries = shapes.map(([name, shape]) => {
    const end = begin + 2 * shape.reduce((a, b) => a * b, 1);
    const tensor = [name, entry(dtype, shape, begin, end)] as const;
    begin = end;
    return tensor;
  });
  return safetensorsBytes(
    Object.fromEntries(entries),
    new Uint8Array(Uint16Array.from({ length: begin / 2 }, () => bits).buffer),
  );
}

describe('loadWeights and saveWeights', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'small.safetensors');
  let model: tf.LayersModel;

  before(useTestBackend);
  beforeEach(() => {
    model = smallModel();
  });
  afterEach(() => {
    model.dispose();
  });

  it('save under names that last, whatever else the process has built', async () => {
    await saveWeights(model, path);
    const file = await openSafetensors(path);
    await file.close();
    const saved = [...file.tensors.values()].map(({ name, shape }) => [name, shape] as const);
    assert.deepEqual(new Map(saved), new Map(shapes));
    assert.equal(saved.length, shapes.length);
  });

  it('bring back every bit', async () => {
    const special = tf.tensor1d([NaN, -0, Infinity, 1e-45, -3.4e38]);
    model.getLayer('stem/conv1/batchNorm').setWeights([special, special, special, special]);
    await saveWeights(model, path);
    const other = smallModel();
    assert.notDeepEqual(bitsOf(other), bitsOf(model));
    await loadWeights(other, path);
    assert.deepEqual(bitsOf(other), bitsOf(model));
    other.dispose();
  });

  it('read float16 and bfloat16', async () => {
    await writeFile(path, halfPrecision('F16', 0x3555));
    await loadWeights(model, path);
    assert.ok(
      bitsOf(model)
        .flat()
        .every((bits) => bits === 0x3eaaa000),
      '0.333251953125',
    );
    await writeFile(path, halfPrecision('BF16', 0xc049));
    await loadWeights(model, path);
    assert.ok(
      bitsOf(model)
        .flat()
        .every((bits) => bits === 0xc0490000),
      '-3.140625',
    );
  });

  it('leave no tensors behind, and a model that predicts by the new weights', async () => {
    await saveWeights(model, path);
    const before = tf.memory().numTensors;
    await loadWeights(model, path);
    assert.equal(tf.memory().numTensors, before);
    await writeFile(path, halfPrecision('F16', 0x3c00));
    await loadWeights(model, path);
    // All weights are 1, and all pixels: a filter sums 9 of them in the middle of a row, 6 at its
    // ends; each class sums the averages of 5 filters, and a bias.
    const row = [6, 9, 9, 6].map((sum) => (sum - 1) / Math.sqrt(1 + 1e-3) + 1);
    const expected = 5 * (row.reduce((a, b) => a + b) / 4) + 1;
    const predicted = await (model.predict(tf.ones([1, 4, 4, 3])) as tf.Tensor).data();
    assert.ok(
      predicted.every((value) => Math.abs(value - expected) < 1e-4),
      predicted.join(),
    );
  });

  it('refuse a file that does not fit, and leave the model as it was', async () => {
    const wider = smallModel({ classes: 3 });
    await saveWeights(wider, path);
    wider.dispose();
    const before = bitsOf(model);
    await assert.rejects(loadWeights(model, path), ({ message }: Error) => {
      assert.match(message, /weights in ".*small\.safetensors" do not fit the model "small": /);
      assert.match(
        message,
        /"head\/logits\/kernel" is \[5, 3\], not \[5, 2\]; "head\/logits\/bias" is/,
      );
      assert.doesNotMatch(message, /more/);
      assert.match(message, /Everything but the classifier fits: .*\{ classifier: 'leave' \}\.$/);
      return true;
    });
    assert.deepEqual(bitsOf(model), before);
  });

  it('leave the classifier as it is, and say so, where that is asked for', async () => {
    const wider = smallModel({ classes: 3 });
    const head = smallModel();
    await saveWeights(wider, path);
    const names = ['head/logits/kernel', 'head/logits/bias'];
    const values = (of: tf.LayersModel, isHead: boolean) =>
      of.weights
        .filter(({ originalName }) => names.includes(originalName) === isHead)
        .map((weight) => [...weight.read().dataSync()]);
    const left = values(head, true);
    const { left: stayed, unused } = await loadWeights(head, path, { classifier: 'leave' });
    assert.deepEqual([stayed, unused], [names, names]);
    assert.deepEqual(values(head, false), values(wider, false));
    assert.deepEqual(values(head, true), left);
    // What is no classifier's has to fit as before.
    await writeFile(
      path,
      safetensorsBytes({ 'stem/conv1/kernel': entry('F32', [1], 0, 4) }, [0, 0, 0, 0]),
    );
    await assert.rejects(
      loadWeights(head, path, { classifier: 'leave' }),
      /"stem\/conv1\/kernel" is \[1\], not \[1, 3, 3, 5\].*Build the model with the options/,
    );
    const all = await loadWeights(wider, await saveWeights(wider));
    assert.deepEqual([all.left, all.unused], [[], []]);
    wider.dispose();
    head.dispose();
  });

  it('list the first five differences, and count the others', async () => {
    const names = ['a', 'b', 'stem/conv1/kernel'];
    const header = names.map((name, i) => [name, entry('I32', [1], 4 * i, 4 * i + 4)] as const);
    await writeFile(path, safetensorsBytes(Object.fromEntries(header), Array<number>(12).fill(0)));
    const before = bitsOf(model);
    // Six weights are missing, one is of a wrong type, two tensors are unexpected.
    await assert.rejects(loadWeights(model, path), ({ message }: Error) => {
      assert.match(message, /"stem\/conv1\/kernel" is I32, not F32, F16, BF16; /);
      assert.match(message, /"stem\/conv1\/batchNorm\/gamma" is missing; /);
      assert.match(message, /; … and 4 more\. /);
      return true;
    });
    assert.deepEqual(bitsOf(model), before);
  });

  it('name tensors that the model lacks', async () => {
    await saveWeights(model, path);
    const inputs = tf.input({ shape: [4, 4, 3] });
    const outputs = convolutionUnit(inputs, { name: 'stem/conv1', filters: 5, kernelSize: [1, 3] });
    const headless = tf.model({ inputs, outputs });
    await assert.rejects(
      loadWeights(headless, path),
      /"head\/logits\/kernel" is in the file only; "head\/logits\/bias" is in the file only/,
    );
    headless.dispose();
  });

  it('leave the model as it was when the file is damaged', async () => {
    await saveWeights(model, path);
    const before = bitsOf(model);
    await writeFile(path, safetensorsBytes('{"a":'));
    await assert.rejects(loadWeights(model, path), /not JSON/);
    assert.deepEqual(bitsOf(model), before);
  });

  it('say which origins and models are known', async () => {
    await assert.rejects(
      loadWeights(model, path, { from: 'toString' as WeightsOrigin }),
      /from "toString"\. Choose one of: inception-lab, timm, torchvision, facenet-pytorch, keras\./,
    );
    await assert.rejects(
      loadWeights(model, path, { from: 'timm' }),
      /timm's names are not known for the model "small", only for: .*inceptionV4/,
    );
  });

  it('refuse a model that has one name twice', async () => {
    const inner = tf.sequential({
      name: 'inner',
      layers: [tf.layers.dense({ name: 'twice', units: 1, inputShape: [1] })],
    });
    const outer = tf.sequential({
      layers: [tf.layers.dense({ name: 'twice', units: 1, inputShape: [1] }), inner],
    });
    await assert.rejects(saveWeights(outer, path), /two weights called "twice\/kernel"/);
  });

  it("load Inception-v4's 171 MB with less than 15 percent of that in memory on top", async () => {
    const program = `
      import { inceptionV4, loadWeights, saveWeights, useBackend } from 'inception-lab';
      await useBackend('wasm');
      const model = inceptionV4({ seed: 1 });
      const path = ${JSON.stringify(path)};
      if (process.argv[1] === 'save') await saveWeights(model, path);
      else {
        const before = process.memoryUsage.rss();
        let most = before;
        const timer = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()); }, 2);
        await loadWeights(model, path);
        clearInterval(timer);
        console.log(Math.max(most, process.memoryUsage.rss()) - before);
      }`;
    const run = (task: string) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, task]);
    await run('save');
    const growth = Number((await run('load')).stdout);
    const size = 4 * (42_679_816 + 2 * 31_584); // moving averages too: two for every gamma
    assert.ok(growth > 0 && growth < 0.15 * size, `${growth} of ${size} bytes`);
  });
});
