import assert from 'node:assert/strict';
import { inceptionV4, summarize, tf, type ModelSummary } from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import { useTestBackend } from '../support/backend.js';

type Costs = Record<string, [parameters: number, multiplyAdds: number]>;

/** Per block at 299 px; the totals agree with timm's inception_v4 (42,679,816). */
const table: Costs = {
  stem: [605_728, 2_289_943_648],
  inceptionA: [317_632, 387_609_600],
  reductionA: [2_306_112, 1_097_164_800],
  inceptionB: [2_936_256, 847_264_768],
  reductionB: [2_747_392, 511_098_880],
  inceptionC: [4_553_088, 290_979_840],
  head: [1_537_000, 1_536_000],
};

function shapes({ blocks }: ModelSummary): Record<string, string> {
  return Object.fromEntries(blocks.map(({ name, outputShape }) => [name, outputShape.join('×')]));
}

/** Builds, measures and forgets: a network is 170 MB of weights. */
function summaryOf(options: Parameters<typeof inceptionV4>[0]): ModelSummary {
  const model = buildBlank(() => inceptionV4(options));
  const summary = summarize(model);
  model.dispose();
  return summary;
}

describe('Inception-v4', () => {
  let summary: ModelSummary;

  before(async () => {
    await useTestBackend();
    summary = summaryOf({});
  });

  it('has 42,679,816 trainable parameters and 12,253,974,624 multiply-adds', () => {
    assert.equal(summary.parameters, 42_679_816);
    assert.equal(summary.multiplyAdds, 12_253_974_624);
  });

  it('has 42,648,232 parameters when batch normalization has no gamma', () => {
    assert.equal(summaryOf({ batchNormScale: false }).parameters, 42_648_232);
  });

  it("has every block's parameters and multiply-adds as in the table", () => {
    const counted = summary.blocks.map(({ name, parameters, multiplyAdds }) => [
      name.replace(/\d$/, ''),
      parameters,
      multiplyAdds,
    ]);
    const expected = counted.map(([name]) => [name, ...(table[name as string] ?? [])]);
    assert.deepEqual(counted, expected);
  });

  it('has 4 A, 7 B and 3 C blocks between stem, reductions and head, in the order of Figure 9', () => {
    const letters = summary.blocks.map(({ name }) =>
      name.replace('inception', '').replace('reduction', 'r'),
    );
    assert.equal(letters.join(' '), 'stem A1 A2 A3 A4 rA B1 B2 B3 B4 B5 B6 B7 rB C1 C2 C3 head');
  });

  it('has 149 convolutions, each with its batch normalization and ReLU', () => {
    const count = (type: string) => summary.layers.filter((layer) => layer.type === type).length;
    assert.deepEqual(
      [count('Conv2D'), count('BatchNormalization'), count('ReLU')],
      [149, 149, 149],
    );
  });

  it('has the shapes of the paper at 299 px', () => {
    const shapeOf = (name: string) =>
      summary.layers.find((layer) => layer.name === name)?.outputShape;
    assert.deepEqual(shapeOf('stem/conv1'), [149, 149, 32]);
    assert.deepEqual(shapeOf('stem/conv2'), [147, 147, 32]);
    assert.deepEqual(shapeOf('stem/conv3'), [147, 147, 64]);
    assert.deepEqual(shapeOf('stem/split1/concat'), [73, 73, 160]);
    assert.deepEqual(shapeOf('stem/split2/concat'), [71, 71, 192]);
    assert.deepEqual(shapeOf('inceptionA4/concat'), [35, 35, 384]);
    assert.deepEqual(shapeOf('reductionA/concat'), [17, 17, 1024]);
    assert.deepEqual(shapeOf('inceptionC3/concat'), [8, 8, 1536]);
  });

  it('ends in 3×3 at 150 px, in 9×11 at 350×400, and in 1×1 at 75 px, its smallest input', () => {
    const last = (height: number, width: number) =>
      shapes(summaryOf({ inputShape: [height, width, 3] })).inceptionC3;
    assert.equal(last(150, 150), '3×3×1536');
    assert.equal(last(350, 400), '9×11×1536');
    assert.equal(last(75, 75), '1×1×1536');
  });

  it('orders the 1×7 and 7×1 kernels as the figures do', () => {
    const model = inceptionV4({ inputShape: [75, 75, 3], width: 0.05 });
    const kernels = (branch: string, count: number) =>
      Array.from({ length: count }, (_, i) => {
        const { kernelSize } = model.getLayer(`${branch}/conv${i + 1}`).getConfig();
        return (kernelSize as number[]).join('×');
      }).join(' ');
    assert.equal(kernels('stem/split2/branch2', 4), '1×1 7×1 1×7 3×3');
    assert.equal(kernels('inceptionB1/branch3', 3), '1×1 1×7 7×1');
    assert.equal(kernels('inceptionB1/branch4', 5), '1×1 1×7 7×1 1×7 7×1');
    assert.equal(kernels('reductionB/branch3', 4), '1×1 1×7 7×1 3×3');
    assert.equal(kernels('inceptionC1/branch4', 3), '1×1 1×3 3×1');
    model.dispose();
  });

  it('turns an image into probabilities, the same ones whenever the seed is the same', async () => {
    const image = tf.randomUniform([1, 75, 75, 3], -1, 1, 'float32', 7);
    const predict = async (seed: number) => {
      const model = inceptionV4({ inputShape: [75, 75, 3], width: 0.25, classes: 10, seed });
      const probabilities = await (model.predict(image) as tf.Tensor).data();
      model.dispose();
      return Array.from(probabilities);
    };
    const first = await predict(1);
    const sum = first.reduce((total, probability) => total + probability, 0);
    assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
    assert.deepEqual(await predict(1), first);
    assert.notDeepEqual(await predict(2), first);
  });

  it('says what inputs and classes are allowed', () => {
    assert.throws(() => inceptionV4({ inputShape: [74, 299, 3] }), /\[74, 299, 3\].*at least 75/);
    assert.throws(() => inceptionV4({ classes: 0 }), /0 classes.*at least 1/);
  });
});
