import assert from 'node:assert/strict';
import { inceptionResNetV2, inceptionV4, receptiveField, tf } from 'inception-lab';
import { useTestBackend } from '../../support/backend.js';

/** Which rows and columns of the input change one place of the output, found by trying. */
async function seenByTrying(
  model: tf.LayersModel,
  size: number,
  place: number,
): Promise<number[][]> {
  const blank = tf.zeros([size * size, size, size, 1]);
  const dots = tf.oneHot(tf.range(0, size * size, 1, 'int32'), size * size).reshape(blank.shape);
  const [before, after] = [blank, dots].map((x) => model.predict(x) as tf.Tensor4D);
  const changed = (await after!.sub(before!).abs().max(3).array()) as number[][][];
  const seen = changed.flatMap((map, dot) => (map[place]![place]! > 0 ? [dot] : []));
  const range = (places: number[]) => [Math.min(...places), Math.max(...places)];
  return [range(seen.map((dot) => Math.floor(dot / size))), range(seen.map((dot) => dot % size))];
}

describe('receptiveField', () => {
  before(useTestBackend);

  it("gives the published fields of the networks' last feature maps", () => {
    const v4 = inceptionV4({ width: 0.05 });
    assert.deepEqual(receptiveField(v4, 'inceptionC3/concat'), {
      size: [2071, 2071],
      stride: [32, 32],
      padding: [998, 998],
    });
    const slim = inceptionResNetV2({ variant: 'slim', width: 0.05 });
    assert.deepEqual(receptiveField(slim, 'tail/conv1/relu'), {
      size: [3039, 3039],
      stride: [32, 32],
      padding: [1482, 1482],
    });
  });

  it('agrees with trying every pixel: branches, strides, paddings and dilation', async () => {
    const ones = { filters: 1, kernelInitializer: 'ones' } as const;
    const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
      layer.apply(x) as tf.SymbolicTensor;
    const input = tf.input({ shape: [20, 20, 1] });
    const stem = apply(
      tf.layers.conv2d({ ...ones, kernelSize: 3, strides: 2, padding: 'same' }),
      input,
    );
    const left = apply(tf.layers.conv2d({ ...ones, kernelSize: [1, 5], padding: 'same' }), stem);
    const right = apply(
      tf.layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
      apply(
        tf.layers.conv2d({ ...ones, kernelSize: [3, 1], dilationRate: [2, 1], padding: 'same' }),
        stem,
      ),
    );
    const joined = apply(tf.layers.concatenate(), [left, right]);
    const output = apply(
      tf.layers.averagePooling2d({ poolSize: 2, strides: 1, padding: 'valid', name: 'last' }),
      joined,
    );
    const model = tf.model({ inputs: input, outputs: output });

    const { size, stride, padding } = receptiveField(model, 'last');
    const place = 4;
    const expected = [0, 1].map((axis) => {
      const from = place * stride[axis]! - padding[axis]!;
      return [from, from + size[axis]! - 1];
    });
    assert.deepEqual(await seenByTrying(model, 20, place), expected);
  });

  it('looks into models within the model, and up to blocks', () => {
    const body = inceptionV4({ inputShape: [75, 75, 3], width: 0.05, top: false });
    const half = () =>
      tf.layers.conv2d({ filters: 3, kernelSize: 2, strides: 2, padding: 'valid' });
    const input = tf.input({ shape: [150, 150, 3] });
    const outer = tf.model({
      inputs: input,
      outputs: body.apply(half().apply(input)) as tf.SymbolicTensor,
    });
    const { size, stride } = receptiveField(body, 'inceptionA1');
    const seen = receptiveField(outer, 'inceptionV4/inceptionA1');
    assert.deepEqual(seen.stride, [2 * stride[0], 2 * stride[1]]);
    assert.deepEqual(seen.size, [2 * size[0], 2 * size[1]]);
  });

  it('asks for a size where the padding depends on it', () => {
    const layer = (strides: number) =>
      tf.layers.conv2d({
        filters: 1,
        kernelSize: 3,
        strides,
        padding: 'same',
        name: `stride${strides}`,
      });
    const model = tf.sequential({
      layers: [tf.layers.inputLayer({ inputShape: [null, null, 1] as never }), layer(1), layer(2)],
    });
    assert.deepEqual(receptiveField(model, 'stride1').padding, [1, 1]);
    assert.throws(
      () => receptiveField(model, 'stride2'),
      /layer "stride2".*Give it: \{ inputShape/,
    );
    // TensorFlow's "same" pads an even side behind alone.
    const padding = (side: number) =>
      receptiveField(model, 'stride2', { inputShape: [side, side, 1] }).padding;
    assert.deepEqual(
      [padding(8), padding(9)],
      [
        [1, 1],
        [2, 2],
      ],
    );
  });

  it('says why there is none', () => {
    const model = inceptionV4({ width: 0.05, inputShape: [75, 75, 3] });
    assert.throws(
      () => receptiveField(model, 'head/logits'),
      /"head\/pool" \(GlobalAveragePooling2D\) sees the whole image/,
    );
    assert.throws(() => receptiveField(model, 'nowhere'), /nowhere/);
  });
});
