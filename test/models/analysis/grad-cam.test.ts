import assert from 'node:assert/strict';
import { gradCam, inceptionV4, tf } from 'inception-lab';
import { finiteDifferences, type Values } from '../../backends/gradients/reference.js';
import { useTestBackend } from '../../support/backend.js';
import { forEachBackend } from '../../support/backends.js';
import { argMax, Forward, largestMiss, valuesIn } from '../../support/forward.js';
import {
  endings,
  leavingNothing,
  nestedNetwork,
  smallImage,
  smallNetwork,
} from '../../support/small-network.js';

/** Equations 1 and 2 of the paper, with the gradient by finite differences in float64. */
function expectedMap(forward: Forward, features: Values, chosen: number): number[][] {
  const [gradient] = finiteDifferences((x) => forward.logitsOfFeatures(x)[chosen]!, [features]);
  const [, height, width, channels] = features.shape as [number, number, number, number];
  const weights = Array.from({ length: channels }, (_, c) => {
    const own = gradient!.filter((_, i) => i % channels === c);
    return own.reduce((sum, value) => sum + value, 0) / own.length;
  });
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const at = (y * width + x) * channels;
      const sum = weights.reduce((total, weight, c) => total + weight * features.data[at + c]!, 0);
      return Math.max(sum, 0);
    }),
  );
}

describe('gradCam', () => {
  before(useTestBackend);

  forEachBackend(() => {
    for (const ending of endings) {
      it(`is what finite differences of the logit give, where a network ends with: ${ending}`, async () => {
        const [model, image] = [smallNetwork(ending), smallImage()];
        const forward = new Forward(model);
        const features = forward.features(valuesIn(image));
        for (const chosen of [0, 1, 2]) {
          const map = await leavingNothing(() => gradCam(model, image, { class: chosen }));
          const expected = expectedMap(forward, features, chosen);
          assert.ok(largestMiss(map, expected) < 1e-4, `class ${chosen}`);
        }
        const best = argMax(forward.logitsOfFeatures(features));
        const map = await gradCam(model, image);
        assert.ok(largestMiss(map, expectedMap(forward, features, best)) < 1e-4, 'most probable');
        tf.dispose([image]);
        model.dispose();
      });
    }
  });

  it('finds layers within nested models, and leaves the model as it was', async () => {
    const [model, plain, image] = [nestedNetwork('softmax layer'), smallNetwork(), smallImage()];
    const expected = await gradCam(plain, image, { class: 1 });
    const before = (model.predict(image) as tf.Tensor).arraySync();
    for (const layer of [undefined, 'nested/conv']) {
      const map = await leavingNothing(() =>
        gradCam(model, image, { class: 1, ...(layer !== undefined && { layer }) }),
      );
      assert.ok(largestMiss(map, expected) < 1e-6);
    }
    assert.deepEqual((model.predict(image) as tf.Tensor).arraySync(), before);
    const own = model.layers.flatMap((layer) =>
      layer instanceof tf.LayersModel ? layer.layers : [layer],
    );
    assert.equal(own.length, 6);
    assert.ok(own.every((layer) => !Object.hasOwn(layer, 'call')));
  });

  it('takes a picture of bytes, and the last feature map of a whole network with two heads', async () => {
    const model = inceptionV4({
      inputShape: [139, 139, 3],
      width: 0.05,
      classes: 5,
      auxiliary: true,
    });
    const data = Uint8Array.from({ length: 139 * 139 * 3 }, (_, i) => (i * 7) % 256);
    const map = await leavingNothing(() => gradCam(model, { width: 139, height: 139, data }));
    assert.deepEqual([map.length, map[0]?.length], [3, 3]);
    const earlier = await gradCam(
      model,
      { width: 139, height: 139, data },
      { layer: 'stem/conv1' },
    );
    assert.deepEqual([earlier.length, earlier[0]?.length], [69, 69]);
    await assert.rejects(
      gradCam(model, { width: 139, height: 139, data }, { layer: 'auxiliary/conv1' }),
      /"auxiliary\/conv1" does not lead to the output/,
    );
  });

  it('says what it was given that does not fit', async () => {
    const [model, image] = [smallNetwork(), smallImage()];
    await leavingNothing(async () => {
      await assert.rejects(gradCam(model, image, { layer: 'cnv' }), /no layer "cnv"/);
      await assert.rejects(
        gradCam(model, image, { layer: 'dense' }),
        /\[1, 3\], which is not a feature/,
      );
      await assert.rejects(gradCam(model, image, { class: 3 }), /no class 3.* from 0 to 2/s);
      await assert.rejects(gradCam(model, image, { class: 0.5 }), /no class 0\.5/);
      const picture = { width: 2, height: 1, data: new Uint8Array(6) };
      await assert.rejects(gradCam(model, picture), /takes images of \[6, 6, 2\]/);
    });
    const two = tf.concat([image, image]);
    await assert.rejects(gradCam(model, two), /2 images, but only one/);
    const bare = tf.sequential({
      layers: [tf.layers.conv2d({ inputShape: [6, 6, 2], filters: 1, kernelSize: 1 })],
    });
    await assert.rejects(gradCam(bare, image), /does not hold classes/);
    const flat = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [6, 6, 2] }),
        tf.layers.dense({ units: 3, activation: 'softmax' }),
      ],
    });
    await assert.rejects(gradCam(flat, image), /no feature map with height and width/);
    const twoInputs = tf.model({
      inputs: [tf.input({ shape: [2] }), tf.input({ shape: [2] })],
      outputs: [],
    });
    await assert.rejects(gradCam(twoInputs, image), /2 inputs/);
  });

  it('refuses a layer that is used twice', async () => {
    const image = tf.input({ shape: [6, 6, 2] });
    const shared = tf.layers.conv2d({ name: 'shared', filters: 2, kernelSize: 3, padding: 'same' });
    const twice = shared.apply(shared.apply(image)) as tf.SymbolicTensor;
    const flat = tf.layers.flatten().apply(twice);
    const output = tf.layers.dense({ units: 2 }).apply(flat) as tf.SymbolicTensor;
    const model = tf.model({ inputs: image, outputs: output });
    await assert.rejects(gradCam(model, smallImage()), /"shared" is used more than once/);
  });
});
