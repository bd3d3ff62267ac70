import assert from 'node:assert/strict';
import {
  googLeNet,
  inceptionModule,
  inceptionResNetB,
  inceptionResNetV1,
  inceptionResNetV2,
  inceptionV3,
  inceptionV3A,
  inceptionV3B,
  inceptionV3C,
  inceptionV3ReductionA,
  inceptionV3ReductionB,
  inceptionV4,
  summarize,
  tf,
  type ModelSummary,
} from 'inception-lab';
import { buildBlank } from '../../dist/models/parts/he-normal.js';
import { useTestBackend } from '../support/backend.js';
import { saveAndLoad } from '../support/save-and-load.js';

type Costs = readonly [parameters: number, multiplyAdds: number];

/** What a network costs at 299 px with 1000 classes, in whole and by kind of block. */
interface Published {
  readonly build: () => tf.LayersModel;
  readonly whole: Costs;
  readonly blocks: Readonly<Record<string, Costs>>;
  /** Without batch normalization's gamma, as TF-slim and Keras have it. */
  readonly withoutGamma: readonly [build: () => tf.LayersModel, parameters: number];
}

/**
 * Counted by hand from the paper's figures; slim's totals are timm's, and Keras's 55,873,736 for
 * Inception-ResNet-v2 with the moving averages.
 */
const published: Record<string, Published> = {
  'Inception-v4, slim': {
    build: () => inceptionV4({ variant: 'slim' }),
    whole: [42_679_816, 12_253_974_624],
    blocks: {
      stem: [605_728, 2_289_943_648],
      inceptionA: [317_632, 387_609_600],
      reductionA: [2_306_112, 1_097_164_800],
      inceptionB: [2_936_256, 847_264_768],
      reductionB: [2_747_392, 511_098_880],
      inceptionC: [4_553_088, 290_979_840],
      head: [1_537_000, 1_536_000],
    },
    withoutGamma: [() => inceptionV4({ variant: 'slim', batchNormScale: false }), 42_648_232],
  },
  'Inception-ResNet-v1': {
    build: () => inceptionResNetV1(),
    whole: [22_756_328, 6_206_361_696],
    blocks: {
      stem: [615_552, 1_882_680_416],
      inceptionResNetA: [77_440, 94_080_000],
      reductionA: [1_710_080, 850_169_856],
      inceptionResNetB: [690_048, 198_868_992],
      reductionB: [3_346_176, 501_448_704],
      inceptionResNetC: [1_600_768, 102_236_160],
      head: [1_793_000, 1_792_000],
    },
    withoutGamma: [() => inceptionResNetV1({ batchNormScale: false }), 22_742_808],
  },
  'Inception-ResNet-v2': {
    build: () => inceptionResNetV2(),
    whole: [32_433_928, 9_257_953_632],
    blocks: {
      stem: [605_728, 2_289_943_648],
      inceptionResNetA: [137_568, 167_462_400],
      reductionA: [2_902_528, 1_482_178_560],
      inceptionResNetB: [1_171_904, 337_958_912],
      reductionB: [3_930_112, 599_629_824],
      inceptionResNetC: [2_088_736, 133_431_296],
      head: [2_145_000, 2_144_000],
    },
    withoutGamma: [() => inceptionResNetV2({ batchNormScale: false }), 32_417_496],
  },
  'Inception-ResNet-v2, slim': {
    build: () => inceptionResNetV2({ variant: 'slim' }),
    whole: [55_843_464, 13_155_794_016],
    blocks: {
      stem: [172_672, 1_340_779_616],
      mixed5b: [268_320, 327_398_400],
      inceptionResNetA: [123_168, 149_900_800],
      reductionA: [2_664_960, 1_398_185_984],
      inceptionResNetB: [1_126_784, 324_937_728],
      reductionB: [3_880_960, 585_424_896],
      inceptionResNetC: [2_035_424, 130_023_424],
      tail: [3_197_952, 204_472_320],
      head: [1_537_000, 1_536_000],
    },
    withoutGamma: [() => inceptionResNetV2({ variant: 'slim', batchNormScale: false }), 55_813_192],
  },
  'Inception-v3': {
    build: () => inceptionV3(),
    whole: [23_834_568, 5_713_216_096],
    blocks: {},
    withoutGamma: [() => inceptionV3({ batchNormScale: false }), 23_817_352],
  },
};

/** Builds, measures and forgets: a network is up to 220 MB of weights. */
function measure(build: () => tf.LayersModel): ModelSummary {
  const model = buildBlank(build);
  const summary = summarize(model);
  model.dispose();
  return summary;
}

const lastShape = (build: () => tf.LayersModel) =>
  measure(build).blocks.at(-2)?.outputShape.join('×');

describe('The networks', () => {
  before(useTestBackend);

  for (const [name, { build, whole, blocks, withoutGamma }] of Object.entries(published)) {
    it(`have the parameters and multiply-adds of the tables: ${name}`, () => {
      const summary = measure(build);
      assert.deepEqual([summary.parameters, summary.multiplyAdds], whole);
      for (const { name, parameters, multiplyAdds } of summary.blocks) {
        const expected = blocks[name.replace(/(?<!5b)\d+$/, '')];
        if (expected) assert.deepEqual([parameters, multiplyAdds], expected, name);
      }
      const [buildWithout, parameters] = withoutGamma;
      assert.equal(measure(buildWithout).parameters, parameters);
    });
  }

  it('count as Keras does, with the moving averages and without gamma: 55,873,736 and 23,851,784', () => {
    const { totalParameters } = measure(() =>
      inceptionResNetV2({ variant: 'slim', batchNormScale: false }),
    );
    assert.equal(totalParameters, 55_873_736);
    const v3 = measure(() => inceptionV3({ batchNormScale: false }));
    assert.equal(v3.totalParameters, 23_851_784);
  });

  it("are GoogLeNet's, as published and as torchvision's", () => {
    assert.equal(measure(() => googLeNet()).parameters, 6_998_552);
    assert.equal(measure(() => googLeNet({ variant: 'torchvision' })).parameters, 6_624_904);
    // torchvision's with both auxiliary classifiers has 13,004,888.
    const auxiliary = { variant: 'torchvision', auxiliary: true } as const;
    assert.equal(measure(() => googLeNet(auxiliary)).parameters, 13_004_888);
    const modules = measure(() => googLeNet({ width: 0.1 })).blocks.map(
      ({ outputShape }) => outputShape[0],
    );
    assert.deepEqual(modules, [28, 28, 28, 14, 14, 14, 14, 14, 14, 7, 7, 7, 1000]);
  });

  it("are facenet's, with its bottleneck of 512 numbers", () => {
    const { parameters, layers } = measure(() =>
      inceptionResNetV1({ variant: 'facenet', inputShape: [160, 160, 3] }),
    );
    // facenet-pytorch's network has 27,910,327 with a classifier of VGGFace2's 8631 faces on top.
    assert.equal(parameters, 27_910_327 - (512 * 8631 + 8631));
    assert.deepEqual(layers.at(-1)?.outputShape, [512]);
    assert.equal(layers.filter(({ type }) => type === 'ScaledAdd').length, 5 + 10 + 6);
  });

  it('have as many blocks as is asked for: Inception-ResNet-v2 of 10/20/10 blocks', () => {
    const { parameters, multiplyAdds } = measure(() => inceptionResNetV2({ blocks: [10, 20, 10] }));
    assert.deepEqual([parameters, multiplyAdds], [55_284_488, 14_142_011_232]);
  });

  it("gain slim's auxiliary classifiers, as a second output", () => {
    const shape = {
      inputShape: [299, 299, 3] as [number, number, number],
      variant: 'slim',
    } as const;
    const gain = (build: (auxiliary: boolean) => tf.LayersModel) =>
      measure(() => build(true)).parameters - measure(() => build(false)).parameters;
    assert.equal(
      gain((auxiliary) => inceptionV4({ ...shape, auxiliary })),
      3_359_464,
    );
    assert.equal(
      gain((auxiliary) => inceptionResNetV2({ ...shape, auxiliary })),
      3_367_656,
    );
    assert.equal(measure(() => inceptionV3({ auxiliary: true })).parameters, 27_161_264);
  });

  it('end as the paper says at odd sizes', () => {
    const size = (height: number, width: number): [number, number, number] => [height, width, 3];
    const slim = 'slim' as const;
    assert.equal(
      lastShape(() => inceptionResNetV2({ variant: slim, inputShape: size(150, 150) })),
      '3×3×1536',
    );
    assert.equal(
      lastShape(() => inceptionResNetV2({ variant: slim, inputShape: size(400, 600) })),
      '11×17×1536',
    );
    assert.equal(
      lastShape(() => inceptionResNetV1({ inputShape: size(75, 75) })),
      '1×1×1792',
    );
  });

  it('keep the resolution of small images up to the first block, with the small stem', () => {
    const shapes = (build: () => tf.LayersModel) =>
      measure(build)
        .blocks.filter(({ name }) => /^(stem|reduction)/.test(name))
        .map(({ outputShape }) => outputShape[0]);
    const small = {
      stem: 'small',
      inputShape: [32, 32, 3] as [number, number, number],
      width: 0.125,
    } as const;
    for (const build of [inceptionV4, inceptionResNetV1, inceptionResNetV2]) {
      assert.deepEqual(
        shapes(() => build(small)),
        [32, 15, 7],
        build.name,
      );
    }
  });

  it('halve it once with the medium stem, and have the same parameters', () => {
    for (const build of [
      inceptionV4,
      inceptionResNetV1,
      inceptionResNetV2,
      inceptionV3,
      googLeNet,
    ]) {
      const options = { inputShape: [28, 28, 3] as [number, number, number], width: 0.125 };
      const medium = measure(() => build({ ...options, stem: 'medium' }));
      const small = measure(() => build({ ...options, stem: 'small' }));
      const stem = medium.blocks.find(({ name }) => name === 'stem')!;
      assert.equal(stem.outputShape[0], 14, build.name);
      assert.equal(medium.parameters, small.parameters, build.name);
      assert.ok(medium.multiplyAdds < small.multiplyAdds / 2, build.name);
    }
  });

  it('say from which size on the medium stem works, and do from there on', () => {
    for (const [build, least] of [
      [inceptionV4, 13],
      [inceptionResNetV1, 13],
      [inceptionResNetV2, 13],
      [inceptionV3, 13],
      [googLeNet, 7],
    ] as const) {
      const options = { stem: 'medium', width: 0.125 } as const;
      const shape = (side: number): [number, number, number] => [side, side, 3];
      measure(() => build({ ...options, inputShape: shape(least) }));
      assert.throws(
        () => build({ ...options, inputShape: shape(least - 1) }),
        new RegExp(`at least ${least} \\(stem: 'medium'\\)`),
        build.name,
      );
    }
  });

  it('are narrower by the width: about its square in multiply-adds', () => {
    const whole = measure(() => inceptionResNetV1({ inputShape: [75, 75, 3] })).multiplyAdds;
    const half = measure(() =>
      inceptionResNetV1({ inputShape: [75, 75, 3], width: 0.5 }),
    ).multiplyAdds;
    assert.ok(half / whole > 0.24 && half / whole < 0.28, `${half / whole}`);
  });

  it('lose no parameter with their shortcuts', () => {
    const shape = { inputShape: [75, 75, 3] as [number, number, number], width: 0.25 };
    const withShortcuts = measure(() => inceptionResNetV2(shape));
    const without = measure(() => inceptionResNetV2({ ...shape, residual: false }));
    assert.equal(without.parameters, withShortcuts.parameters);
    const adds = ({ layers }: ModelSummary) =>
      layers.filter(({ type }) => type === 'ScaledAdd').length;
    assert.deepEqual([adds(withShortcuts), adds(without)], [20, 0]);
  });

  it('end in their last feature map without a top, and in logits without an activation', async () => {
    const shape = { inputShape: [75, 75, 3] as [number, number, number], width: 0.125, seed: 1 };
    const headless = inceptionV4({ ...shape, top: false });
    assert.deepEqual(headless.outputs[0]?.shape, [null, 1, 1, 192]);
    const image = tf.randomUniform([1, 75, 75, 3], -1, 1, 'float32', 1);
    const logits = inceptionV4({ ...shape, activation: 'linear' }).predict(image) as tf.Tensor;
    const probabilities = inceptionV4(shape).predict(image) as tf.Tensor;
    const difference = await logits.softmax().sub(probabilities).abs().max().data();
    assert.ok(Number(difference[0]) < 1e-6);
  });

  for (const [problem, build, message] of [
    [
      'a variant',
      () => inceptionResNetV2({ variant: 'keras' as 'slim' }),
      /no variant "keras"\. Choose one of: paper, slim/,
    ],
    [
      'a stem',
      () => inceptionV4({ stem: 'tiny' as 'small' }),
      /no stem "tiny"\. Choose one of: imagenet, medium, small/,
    ],
    [
      'an input',
      () => inceptionResNetV1({ inputShape: [74, 299, 3] }),
      /Inception-ResNet-v1 cannot take .*at least 75/,
    ],
    [
      'blocks',
      () => inceptionResNetV2({ blocks: [1, 2, -1] }),
      /blocks: \[1, 2, -1\] is not allowed.*3 whole numbers/,
    ],
    [
      'a scale',
      () => inceptionResNetV2({ residualScale: NaN }),
      /residualScale: .* is not allowed/,
    ],
    ['a width', () => inceptionV4({ width: 0 }), /width of 0: a number greater than 0/],
    [
      'a dropout rate',
      () => inceptionV4({ dropoutRate: 1 }),
      /fraction of 1: from 0 to less than 1/,
    ],
    [
      'an auxiliary head',
      () => inceptionV4({ auxiliary: true, inputShape: [75, 75, 3] }),
      /at least 5 × 5, but gets 3 × 3/,
    ],
    [
      'an auxiliary head without a top',
      () => inceptionV4({ auxiliary: true, top: false }),
      /leave auxiliary out/,
    ],
  ] as const) {
    it(`say what is allowed when ${problem} is not`, () => {
      assert.throws(build, message);
    });
  }
});

describe('The blocks of the ancestors', () => {
  it('can be used by themselves, on any feature map', () => {
    const input = tf.input({ shape: [35, 35, 40] });
    const shape = (x: tf.SymbolicTensor) => x.shape.slice(1);
    assert.deepEqual(shape(inceptionV3A(input, { poolFilters: 32 })), [35, 35, 256]);
    assert.deepEqual(shape(inceptionV3ReductionA(input)), [17, 17, 384 + 96 + 40]);
    assert.deepEqual(shape(inceptionV3B(input, { filters: 128 })), [35, 35, 768]);
    assert.deepEqual(shape(inceptionV3ReductionB(input)), [17, 17, 320 + 192 + 40]);
    assert.deepEqual(shape(inceptionV3C(input)), [35, 35, 2048]);
    const filters = [64, 96, 128, 16, 32, 32] as const;
    assert.deepEqual(shape(inceptionModule(input, { filters })), [35, 35, 256]);
  });
});

describe('A residual block', () => {
  before(useTestBackend);

  /** A one-pixel network of one C block whose weights are all `weight`, but batch norm's. */
  async function blockOutput(options: {
    residualScale: number;
    residual?: boolean;
  }): Promise<number[]> {
    const model = inceptionResNetV1({
      inputShape: [7, 7, 1],
      stem: 'small',
      blocks: [1, 0, 0],
      width: 0.25,
      top: false,
      seed: 5,
      ...options,
    });
    const block = model.layers.filter(({ name }) => name.startsWith('inceptionResNetA1/'));
    const input = model.getLayer('stem/conv6/relu').output as tf.SymbolicTensor;
    const outputs = ['linear', 'relu'].map(
      (part) =>
        block.find(({ name }) => name === `inceptionResNetA1/${part}`)!.output as tf.SymbolicTensor,
    );
    const parts = tf.model({ inputs: model.inputs, outputs: [input, ...outputs] });
    const tensors = parts.predict(
      tf.randomUniform([1, 7, 7, 1], -1, 1, 'float32', 2),
    ) as tf.Tensor[];
    const [x, change, result] = await Promise.all(
      tensors.map(async (tensor) => Array.from(await tensor.data())),
    );
    const { residualScale, residual = true } = options;
    const expected = x!.map((value, i) =>
      Math.max(0, (residual ? value : 0) + (residual ? residualScale : 1) * change![i]!),
    );
    return expected.map((value, i) => Math.abs(value - result![i]!));
  }

  for (const options of [
    { residualScale: 0.1 },
    { residualScale: 1 },
    { residualScale: 0.1, residual: false },
  ]) {
    it(`is relu(x + scale · change), Figure 20: ${JSON.stringify(options)}`, async () => {
      const differences = await blockOutput(options);
      assert.ok(Math.max(...differences) < 1e-5);
    });
  }

  it('can be used by itself, on any feature map', () => {
    const input = tf.input({ shape: [9, 9, 40] });
    const output = inceptionResNetB(input, { version: 'v2' });
    assert.deepEqual(output.shape, [null, 9, 9, 40]);
    const model = tf.model({ inputs: input, outputs: output });
    assert.equal(
      (model.getLayer('inceptionResNetB/add').getConfig() as { scale: number }).scale,
      0.1,
    );
  });

  it('can be saved and loaded', async () => {
    const model = inceptionResNetV1({
      inputShape: [7, 7, 1],
      stem: 'small',
      blocks: [1, 1, 1],
      width: 0.1,
      classes: 3,
      seed: 1,
    });
    const loaded = await saveAndLoad(model);
    const image = tf.randomUniform([1, 7, 7, 1], -1, 1, 'float32', 3);
    const [before, after] = [model, loaded].map((network) =>
      (network.predict(image) as tf.Tensor).dataSync(),
    );
    assert.deepEqual(after, before);
  });

  describe('of any size', () => {
    const networks = { inceptionV4, inceptionV3, googLeNet, inceptionResNetV1, inceptionResNetV2 };
    const smallest = { googLeNet: 1 } as Record<string, number>;
    for (const [name, build] of Object.entries(networks)) {
      it(`${name} computes what one of a fixed size does`, () => {
        const options = { width: 0.05, seed: 1 };
        const open = build({ ...options, inputShape: [null, null, 3] });
        const fixed = build({ ...options, inputShape: [91, 107, 3] });
        const x = tf.randomUniform([1, 91, 107, 3], -1, 1, 'float32', 1);
        const [ours, expected] = [open, fixed].map((model) => model.predict(x) as tf.Tensor);
        assert.deepEqual(ours!.dataSync(), expected!.dataSync());
        if (smallest[name] === 1) return;
        assert.throws(() => open.predict(tf.zeros([1, 74, 80, 3])), {
          message: /takes images of at least 75 × 75 pixels, but these are 74 × 80\.$/,
        });
      });
    }

    it('takes small images where the stem is small', () => {
      const open = inceptionV4({ width: 0.05, stem: 'small', inputShape: [null, 8, 3] });
      assert.deepEqual((open.predict(tf.zeros([1, 9, 8, 3])) as tf.Tensor).shape, [1, 1000]);
      assert.throws(() => open.predict(tf.zeros([1, 6, 8, 3])), /at least 7 × 7/);
    });

    it('has no auxiliary classifier', () => {
      const build = () => inceptionV4({ auxiliary: true, inputShape: [null, null, 3] });
      assert.throws(build, /auxiliary classifier and take any size.*give a fixed inputShape/);
    });
  });
});
