import assert from 'node:assert/strict';
import { saliency, tf } from 'inception-lab';
import { finiteDifferences, type Values } from '../../backends/gradients/reference.js';
import { useTestBackend } from '../../support/backend.js';
import { forEachBackend } from '../../support/backends.js';
import { argMax, Forward, largestMiss, valuesIn } from '../../support/forward.js';
import {
  endings,
  leavingNothing,
  nestedNetwork,
  side,
  smallImage,
  smallNetwork,
} from '../../support/small-network.js';

function gradientOf(forward: Forward, image: Values, chosen: number): Float64Array {
  return finiteDifferences((x) => forward.logits(x)[chosen]!, [image])[0]!;
}

/** Of each pixel's two channels, the greater magnitude. */
function asMap(gradient: Float64Array): number[][] {
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (_, x) => {
      const at = 2 * (y * side + x);
      return Math.max(Math.abs(gradient[at]!), Math.abs(gradient[at + 1]!));
    }),
  );
}

describe('saliency', () => {
  before(useTestBackend);

  forEachBackend(() => {
    for (const ending of endings) {
      it(`is what finite differences of the logit give, where a network ends with: ${ending}`, async () => {
        const [model, image] = [smallNetwork(ending), smallImage()];
        const forward = new Forward(model);
        const values = valuesIn(image);
        const map = await leavingNothing(() => saliency(model, image, { class: 2 }));
        assert.ok(largestMiss(map, asMap(gradientOf(forward, values, 2))) < 1e-4);
        const best = argMax(forward.logits(values));
        assert.ok(
          largestMiss(await saliency(model, image), asMap(gradientOf(forward, values, best))) <
            1e-4,
        );
      });
    }
  });

  it('averages the gradient over noisy copies, whose noise is a share of the range', async () => {
    const [model, image] = [smallNetwork(), smallImage()];
    const forward = new Forward(model);
    const { shape, data } = valuesIn(image);
    const [samples, noise, seed] = [3, 0.2, 5];
    const range = Math.max(...data) - Math.min(...data);
    const sum = new Float64Array(data.length);
    for (let i = 0; i < samples; i++) {
      // TensorFlow.js's own numbers of this seed.
      const normal = tf.randomNormal([...shape], 0, 1, 'float32', seed + i).dataSync();
      const noisy = data.map((value, at) => value + noise * range * normal[at]!);
      const gradient = gradientOf(forward, { shape, data: noisy }, 0);
      for (const [at, value] of gradient.entries()) sum[at]! += value / samples;
    }
    const map = await leavingNothing(() =>
      saliency(model, image, { class: 0, samples, noise, seed }),
    );
    assert.ok(largestMiss(map, asMap(sum)) < 1e-4);
  });

  it('is the plain one with one sample and no noise, and the same again for the same seed', async () => {
    const [model, image] = [smallNetwork(), smallImage()];
    const plain = await saliency(model, image);
    assert.deepEqual(await saliency(model, image, { samples: 1, noise: 0 }), plain);
    const smooth = await saliency(model, image, { samples: 4, seed: 3 });
    assert.deepEqual(await saliency(model, image, { samples: 4, seed: 3 }), smooth);
    assert.notDeepEqual(await saliency(model, image, { samples: 4, seed: 4 }), smooth);
    assert.notDeepEqual(smooth, plain);
  });

  it('walks into nested models', async () => {
    const image = smallImage();
    const map = await saliency(nestedNetwork('dense with softmax'), image, { class: 1 });
    const expected = await saliency(smallNetwork(), image, { class: 1 });
    assert.ok(largestMiss(map, expected) < 1e-6);
  });

  it('says which option is not allowed', async () => {
    const [model, image] = [smallNetwork(), smallImage()];
    await assert.rejects(saliency(model, image, { samples: 0 }), /samples is 0\. Give a whole/);
    await assert.rejects(saliency(model, image, { noise: -1 }), /noise is -1/);
    await assert.rejects(saliency(model, image, { class: -1 }), /no class -1/);
  });
});
