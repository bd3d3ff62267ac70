import assert from 'node:assert/strict';
import { excitingImage, tf } from 'inception-lab';
import { useTestBackend } from '../../support/backend.js';
import { forEachBackend } from '../../support/backends.js';
import { Forward } from '../../support/forward.js';
import {
  giveWeights,
  leavingNothing,
  nestedNetwork,
  side,
  smallNetwork,
} from '../../support/small-network.js';

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** What the network takes for the bytes. */
function inputOf({ data }: Picture): { shape: number[]; data: Float64Array } {
  return { shape: [1, side, side, 3], data: Float64Array.from(data, (byte) => byte / 127.5 - 1) };
}

function channelMean(forward: Forward, picture: Picture, channel: number): number {
  const { data } = forward.features(inputOf(picture));
  const own = data.filter((_, i) => i % 4 === channel);
  return own.reduce((sum, value) => sum + value, 0) / own.length;
}

/** The root of the mean square. */
function rootMeanSquare(picture: Picture): number {
  const { data } = inputOf(picture);
  return Math.sqrt(data.reduce((sum, value) => sum + value ** 2, 0) / data.length);
}

/** The mean difference of neighbours. */
function totalVariation(picture: Picture): number {
  const { data } = inputOf(picture);
  let [sum, count] = [0, 0];
  for (let i = 0; i + 3 < data.length; i++) {
    if (Math.floor(i / 3) % side === side - 1) continue;
    sum += Math.abs(data[i + 3]! - data[i]!);
    count++;
  }
  return sum / count;
}

const plain = { decay: 0, blur: 0, jitter: 0 };

describe('excitingImage', () => {
  before(useTestBackend);

  forEachBackend(() => {
    it("raises the channel's mean activation, as the network says of the image itself", async () => {
      const model = smallNetwork('logits', 3);
      const forward = new Forward(model);
      for (const channel of [0, 3]) {
        const image = await leavingNothing(() =>
          excitingImage(model, 'conv', channel, { steps: 15, jitter: 0, learningRate: 0.1 }),
        );
        const { activations } = image;
        assert.equal(activations.length, 16);
        const [start, end] = [activations[0]!, activations.at(-1)!];
        assert.ok(end > start + 0.2, `${start} to ${end}`);
        // Bytes are rounded to 1/255 of the range.
        assert.ok(Math.abs(channelMean(forward, image, channel) - end) < 0.01);
      }
    });
  });

  it('goes as far in a step as the learning rate says, uphill', async () => {
    const model = smallNetwork('logits', 3);
    const options = { ...plain, steps: 1, seed: 2 };
    const start = await excitingImage(model, 'conv', 1, { ...options, learningRate: 0 });
    const next = await excitingImage(model, 'conv', 1, { ...options, learningRate: 0.3 });
    const [before, after] = [inputOf(start).data, inputOf(next).data];
    const step = after.map((value, i) => value - before[i]!);
    const size = Math.sqrt(step.reduce((sum, part) => sum + part ** 2, 0) / step.length);
    assert.ok(Math.abs(size - 0.3) < 0.01, `${size}`);
    assert.ok(Math.abs(rootMeanSquare(start) - 0.1) < 0.02, 'the start is noise of deviation 0.1');
    assert.ok(next.activations[1]! > next.activations[0]!);
  });

  it('stays within what the decay leaves: each step adds at most the learning rate', async () => {
    const model = smallNetwork('logits', 3);
    const sizes: number[] = [];
    for (const decay of [0, 0.2, 0.5]) {
      const options = { ...plain, steps: 30, learningRate: 0.1, decay };
      const image = await excitingImage(model, 'conv', 2, options);
      sizes.push(rootMeanSquare(image));
      // size' ≤ (1 − decay) · (size + rate), which leads to rate · (1 − decay) / decay.
      const bound = decay === 0 ? 1 : (0.1 * (1 - decay)) / decay + 0.1 * (1 - decay) ** 30;
      assert.ok(sizes.at(-1)! <= bound + 0.005, `${decay}: ${sizes.at(-1)}`);
    }
    assert.ok(sizes[0]! > 1.5 * sizes[1]! && sizes[1]! > 1.5 * sizes[2]!, String(sizes));
  });

  it('has less variation from pixel to pixel, the more it is blurred', async () => {
    const model = smallNetwork('logits', 3);
    const variations: number[] = [];
    for (const blur of [0, 0.5, 1]) {
      const image = await excitingImage(model, 'conv', 0, { ...plain, steps: 20, blur });
      variations.push(totalVariation(image) / rootMeanSquare(image));
    }
    const [none, some, more] = variations as [number, number, number];
    assert.ok(none > 1.2 * some && some > 1.2 * more, String(variations));
  });

  it('blurs by a Gaussian: one bright pixel becomes one', async () => {
    // Of a channel that sees nothing, there is only the start, blurred once.
    const model = smallNetwork('logits', 3);
    const zeros = model.getWeights().map((weight) => tf.zerosLike(weight));
    model.setWeights(zeros);
    const start = await excitingImage(model, 'conv', 0, { ...plain, steps: 1 });
    const blurred = await excitingImage(model, 'conv', 0, { ...plain, steps: 1, blur: 0.6 });
    const weight = (offset: number) => Math.exp(-(offset ** 2) / (2 * 0.6 ** 2));
    const sum = [-2, -1, 0, 1, 2].reduce((total, offset) => total + weight(offset), 0);
    const { data } = inputOf(start);
    // Beyond its edges, the image is mirrored.
    const mirror = (at: number) => (at < 0 ? -1 - at : at >= side ? 2 * side - 1 - at : at);
    for (const [y, x] of [
      [0, 0],
      [2, 3],
      [5, 1],
    ] as const) {
      let expected = 0;
      for (const down of [-2, -1, 0, 1, 2]) {
        for (const right of [-2, -1, 0, 1, 2]) {
          const at = 3 * (mirror(y + down) * side + mirror(x + right));
          expected += (data[at]! * weight(down) * weight(right)) / sum ** 2;
        }
      }
      const given = inputOf(blurred).data[3 * (y * side + x)]!;
      assert.ok(Math.abs(given - expected) < 0.01, `${y}, ${x}: ${given}, not ${expected}`);
    }
  });

  it('is the same for the same seed, and another for another; also in a nested model', async () => {
    const model = smallNetwork('logits', 3);
    const options = { steps: 5, seed: 7 };
    const image = await excitingImage(model, 'conv', 0, options);
    assert.deepEqual(await excitingImage(model, 'conv', 0, options), image);
    const other = await excitingImage(model, 'conv', 0, { ...options, seed: 8 });
    assert.notDeepEqual(other.data, image.data);
    const inner = smallNetwork('softmax layer', 3);
    const outer = tf.sequential({
      layers: [tf.model({ inputs: inner.inputs, outputs: inner.outputs, name: 'inner' })],
    });
    const nested = await excitingImage(outer, 'inner/conv', 0, options);
    assert.deepEqual(nested.data, image.data);
  });

  it('takes networks of grey pictures, and of any size', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'conv', inputShape: [null, null, 1], filters: 2, kernelSize: 3 }),
      ],
    });
    giveWeights(model);
    const image = await excitingImage(model, 'conv', 1, { size: [7, 9], steps: 2 });
    assert.deepEqual([image.height, image.width, image.data.length], [7, 9, 189]);
    assert.ok(image.data.every((byte, i) => byte === image.data[i - (i % 3)]));
    await assert.rejects(excitingImage(model, 'conv', 1), /\[NaN, NaN\].*does not fit/s);
  });

  it('says what does not fit', async () => {
    const model = smallNetwork('logits', 3);
    await leavingNothing(async () => {
      await assert.rejects(excitingImage(model, 'conv', 4, { steps: 1 }), /no channel 4.* 0 to 3/s);
      await assert.rejects(excitingImage(model, 'cnv', 0), /no layer "cnv"/);
      await assert.rejects(excitingImage(model, 'conv', 0, { steps: 0 }), /steps is 0/);
      await assert.rejects(
        excitingImage(model, 'conv', 0, { decay: 1 }),
        /decay is 1\..*less than 1/,
      );
      await assert.rejects(excitingImage(model, 'conv', 0, { size: [5, 5] }), /\[5, 5\].*not fit/s);
    });
    await assert.rejects(excitingImage(nestedNetwork(), 'nested/conv', 0), /one or three channels/);
  });
});
