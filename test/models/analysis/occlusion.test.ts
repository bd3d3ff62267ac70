import assert from 'node:assert/strict';
import { occlusion } from 'inception-lab';
import type { Values } from '../../backends/gradients/reference.js';
import { softmax } from '../../backends/gradients/reference.js';
import { useTestBackend } from '../../support/backend.js';
import { forEachBackend } from '../../support/backends.js';
import { argMax, Forward, valuesIn } from '../../support/forward.js';
import {
  endings,
  leavingNothing,
  nestedNetwork,
  side,
  smallImage,
  smallNetwork,
} from '../../support/small-network.js';

/** The image with the pixels of these rows and columns painted, one by one. */
function painted(
  image: Values,
  [top, bottom]: readonly [number, number],
  [left, right]: readonly [number, number],
  value: number,
): Values {
  const data = image.data.slice();
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      for (const c of [0, 1]) data[2 * (y * side + x) + c] = value;
    }
  }
  return { ...image, data };
}

function probability(forward: Forward, image: Values, chosen: number): number {
  const data = forward.logits(image);
  return softmax({ shape: [1, data.length], data }).data[chosen]!;
}

describe('occlusion', () => {
  before(useTestBackend);

  forEachBackend(() => {
    for (const ending of endings) {
      it(`is the drop of the probability when a square is painted, where a network ends with: ${ending}`, async () => {
        const [model, image] = [smallNetwork(ending), smallImage()];
        const [forward, values] = [new Forward(model), valuesIn(image)];
        const best = argMax(forward.logits(values));
        const map = await leavingNothing(() =>
          occlusion(model, image, { size: 4, stride: 2, value: 0.5, batchSize: 4 }),
        );
        // Squares of 4 about the middles of cells of 2: 1, 3 and 5, cut off at the edges.
        const spans = [
          [0, 3],
          [1, 5],
          [3, 6],
        ] as const;
        assert.equal(map.length, 3);
        for (const [i, rows] of spans.entries()) {
          for (const [j, columns] of spans.entries()) {
            const covered = probability(forward, painted(values, rows, columns, 0.5), best);
            const drop = probability(forward, values, best) - covered;
            assert.ok(
              Math.abs(map[i]![j]! - drop) < 1e-6,
              `${i}, ${j}: ${map[i]![j]}, not ${drop}`,
            );
          }
        }
      });
    }
  });

  it('drops logits of a class where that is asked for', async () => {
    const [model, image] = [smallNetwork('softmax layer'), smallImage()];
    const [forward, values] = [new Forward(model), valuesIn(image)];
    const options = { class: 1, size: 6, stride: 6, score: 'logit' } as const;
    const [[drop]] = (await occlusion(model, image, options)) as [[number]];
    const covered = painted(values, [0, 6], [0, 6], 0);
    const expected = forward.logits(values)[1]! - forward.logits(covered)[1]!;
    assert.ok(Math.abs(drop - expected) < 1e-5);
  });

  it('covers all of a side that the stride does not divide, in cells of one size', async () => {
    const map = await occlusion(smallNetwork(), smallImage(), { size: 1, stride: 4 });
    assert.deepEqual([map.length, map[0]?.length], [2, 2]);
  });

  it('gives the same in batches of any size, also through nested models', async () => {
    const image = smallImage();
    const one = await occlusion(smallNetwork(), image, { size: 2, batchSize: 1 });
    for (const batchSize of [5, 100]) {
      const other = await occlusion(nestedNetwork(), image, { size: 2, batchSize });
      assert.equal(other.length, one.length);
      for (const [i, value] of other.flat().entries()) {
        assert.ok(Math.abs(value - one.flat()[i]!) < 1e-6);
      }
    }
  });

  it('says which option is not allowed', async () => {
    const [model, image] = [smallNetwork(), smallImage()];
    await leavingNothing(async () => {
      await assert.rejects(occlusion(model, image, { size: 0 }), /size is 0\. Give a whole/);
      await assert.rejects(occlusion(model, image, { stride: 1.5 }), /stride is 1\.5/);
      await assert.rejects(occlusion(model, image, { batchSize: 0 }), /batchSize is 0/);
      await assert.rejects(occlusion(model, image, { class: 7 }), /no class 7/);
    });
  });
});
