import assert from 'node:assert/strict';
import { embeddings, imagesOf, inceptionResNetV2, nearest, preprocess, tf } from 'inception-lab';
import { useTestBackend } from '../../support/backend.js';
import { forEachBackend } from '../../support/backends.js';
import { Forward, largestMiss, valuesIn } from '../../support/forward.js';
import {
  endings,
  leavingNothing,
  nestedNetwork,
  smallImage,
  smallNetwork,
} from '../../support/small-network.js';

/** By hand: the features of each picture, flat, or averaged over the 3 × 3 places. */
function expectedVectors(model: tf.LayersModel, images: tf.Tensor4D[], isAveraged: boolean) {
  const forward = new Forward(model);
  return images.map((image) => {
    const { data } = forward.features(valuesIn(image));
    if (!isAveraged) return [...data];
    return [0, 1, 2, 3].map((c) =>
      data.filter((_, i) => i % 4 === c).reduce((sum, value) => sum + value / 9, 0),
    );
  });
}

describe('embeddings', () => {
  before(useTestBackend);

  forEachBackend(() => {
    it('are what the classifier is given, however the network ends', async () => {
      const images = ['a', 'b', 'c'].map((name) => smallImage(name));
      const batch = tf.concat(images);
      for (const ending of endings) {
        const model = smallNetwork(ending);
        const vectors = await leavingNothing(() => embeddings(model, batch, { batchSize: 2 }));
        assert.ok(largestMiss(vectors, expectedVectors(model, images, false)) < 1e-5, ending);
      }
    });
  });

  it('are the averages over all places of a layer, also of one in a nested model', async () => {
    const images = [smallImage('a'), smallImage('b')];
    const batch = tf.concat(images);
    const expected = expectedVectors(smallNetwork(), images, true);
    for (const [model, layer] of [
      [smallNetwork(), 'conv'],
      [nestedNetwork('softmax layer'), 'nested/conv'],
    ] as const) {
      const vectors = await leavingNothing(() => embeddings(model, batch, { layer }));
      assert.ok(largestMiss(vectors, expected) < 1e-5);
    }
  });

  it('are the output of a network without classes, averaged over all places', async () => {
    const model = inceptionResNetV2({ inputShape: [75, 75, 3], width: 0.05, top: false });
    const data = Uint8Array.from({ length: 75 * 75 * 3 }, (_, i) => (i * 11) % 256);
    const picture = { width: 75, height: 75, data };
    const [vector] = await leavingNothing(() => embeddings(model, [picture]));
    const expected = tf.tidy(() =>
      (model.predict(preprocess(picture)) as tf.Tensor).mean([1, 2]).dataSync(),
    );
    assert.ok(largestMiss([vector!], [[...expected]]) < 1e-5);
  });

  it('say what does not fit', async () => {
    const [model, image] = [smallNetwork('logits', 3), smallImage('image', 3)];
    const [picture] = await imagesOf(image);
    const small = { width: 1, height: 1, data: new Uint8Array(3) };
    await leavingNothing(async () => {
      await assert.rejects(embeddings(model, []), /no images/);
      await assert.rejects(embeddings(model, [picture!, small]), /Image 1 has 1 × 1 pixels/);
      await assert.rejects(embeddings(model, [small]), /takes images of \[6, 6, 3\]/);
      await assert.rejects(embeddings(model, image, { layer: 'cnv' }), /no layer "cnv"/);
      await assert.rejects(embeddings(model, image, { batchSize: 0 }), /batchSize is 0/);
    });
  });
});

describe('imagesOf', () => {
  before(useTestBackend);

  it('is the way back of preprocess, and takes grey pictures, too', async () => {
    const data = Uint8Array.from({ length: 24 }, (_, i) => (i * 53) % 256);
    const picture = { width: 4, height: 2, data };
    const batch = preprocess(picture);
    assert.deepEqual(await leavingNothing(() => imagesOf(batch)), [picture]);
    const grey = tf.tensor4d([-1, 0, 1, 1.5, -7], [5, 1, 1, 1]);
    const bytes = (await imagesOf(grey)).map((image) => [...image.data]);
    assert.deepEqual(
      bytes,
      [0, 128, 255, 255, 0].map((byte) => [byte, byte, byte]),
    );
    await assert.rejects(imagesOf(tf.zeros([1, 2, 2, 4])), /1 or 3 channels, but these have 4/);
  });
});

describe('nearest', () => {
  it('sorts by the cosine, whatever the lengths', () => {
    const found = nearest(
      [
        [0, 2],
        [3, 4],
        [-1, 0],
        [10, 0],
      ],
      [5, 0],
    );
    assert.deepEqual(
      found.map(({ index }) => index),
      [3, 1, 0, 2],
    );
    for (const [i, cosine] of [1, 0.6, 0, -1].entries()) {
      assert.ok(Math.abs(found[i]!.similarity - cosine) < 1e-12);
    }
    assert.deepEqual(
      nearest(
        [
          [1, 1],
          [1, 0],
        ],
        [1, 0],
        1,
      ),
      [{ index: 1, similarity: 1 }],
    );
  });

  it('says what it cannot compare', () => {
    assert.throws(() => nearest([], [1]), /no embeddings/);
    assert.throws(() => nearest([[1, 2]], [1]), /Embedding 0 has 2 numbers, but the query has 1/);
    assert.throws(() => nearest([[0, 0]], [1, 0]), /Embedding 0 points nowhere/);
    assert.throws(() => nearest([[1, 0]], [NaN, 0]), /The query points nowhere/);
    assert.throws(() => nearest([[1]], [1], 0), /count is 0/);
  });
});
