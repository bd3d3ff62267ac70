import assert from 'node:assert/strict';
import { decode, type DecodedPng } from 'fast-png';
import { inceptionV4, tf, viz } from 'inception-lab';
import { describeValue } from '../../dist/kernel/display/rich-display.js';
import { useTestBackend } from '../support/backend.js';

/** The picture's pixels. */
async function picture(value: unknown): Promise<DecodedPng> {
  const [, shown] = await describeValue(value);
  const png = shown?.['image/png'];
  return decode(Buffer.from(png as string, 'base64'));
}

async function words(value: unknown): Promise<unknown> {
  const [result] = await describeValue(value);
  return result['text/plain'];
}

describe("A cell's result", () => {
  before(useTestBackend);

  it('is in words what Node would print', async () => {
    assert.deepEqual(await describeValue(42), [{ 'text/plain': '42' }]);
    assert.deepEqual(await describeValue({ a: [1, 'b'] }), [{ 'text/plain': "{ a: [ 1, 'b' ] }" }]);
  });

  it('is, of a small tensor, its shape, type and numbers', async () => {
    assert.equal(
      await words(
        tf.tensor2d([
          [1, 2.5],
          [-3, 1 / 3],
        ]),
      ),
      'Tensor float32 [2, 2]\n1, 2.5, -3, 0.3333',
    );
    assert.equal(await words(tf.scalar(7, 'int32')), 'Tensor int32 []\n7');
    assert.equal(await words(tf.tensor1d(['a', 'b'])), "Tensor string [2]\n[ 'a', 'b' ]");
  });

  it('is, of a large one, its range, never a million numbers', async () => {
    const tensor = tf.range(0, 1_000_000).reshape([1000, 10, 100]);
    const text = await words(tensor);
    assert.equal(text, 'Tensor float32 [1000, 10, 100]\nleast 0, mean 500000, greatest 1000000');
    assert.equal((await describeValue(tensor)).length, 1);
  });

  it('says of a tensor that it is disposed of', async () => {
    const tensor = tf.zeros([3]);
    tensor.dispose();
    assert.equal(await words(tensor), 'Tensor float32 [3], disposed');
  });

  it('draws a matrix, and leaves out what is not finite', async () => {
    const { width, height } = await picture(tf.range(0, 40).reshape([5, 8]));
    assert.deepEqual([width / height, width % 8], [8 / 5, 0]);
    assert.equal((await describeValue(tf.fill([5, 8], NaN))).length, 1);
  });

  it('draws an image in its colours, be they fractions or bytes', async () => {
    const orange = [255, 128, 0];
    for (const white of [1, 255]) {
      const pixel = tf.tensor1d(orange.map((byte) => (byte / 255) * white));
      const { data, channels } = await picture(pixel.reshape([1, 1, 3]).tile([6, 6, 1]));
      assert.equal(channels, 3);
      assert.deepEqual(Array.from(data.slice(0, 3)), orange);
    }
  });

  it('is, of a model, the table of its blocks', async () => {
    const model = inceptionV4({ inputShape: [75, 75, 3], classes: 1000 });
    assert.match((await words(model)) as string, /^inceptionV4 .*42,679,816/m);
    model.dispose();
  });

  it('is, of a plot, the specification, a picture and its description', async () => {
    const plot = viz.filters([[[[1], [0], [-1]]]]);
    const [bundle] = await describeValue(plot);
    assert.equal(bundle['application/vnd.vegalite.v5+json'], plot);
    assert.match(bundle['image/svg+xml'] as string, /^<svg/);
    assert.equal(bundle['text/plain'], plot.description);
  });

  it('is what its own method says, at once or later', async () => {
    const html = { 'text/html': '<b>bold</b>' };
    for (const answer of [html, Promise.resolve(html)]) {
      const [shown] = await describeValue({ [Symbol.for('Jupyter.display')]: () => answer });
      assert.equal(shown['text/html'], '<b>bold</b>');
      assert.notEqual(shown['text/plain'], undefined);
    }
  });
});
