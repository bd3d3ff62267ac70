import assert from 'node:assert/strict';
import { networks } from '../../../dist/models/networks.js';
import { checkStudy } from '../../../dist/training/studies/check-study.js';
import { studies } from '../../../dist/training/studies/index.js';
import { runId, type RunConfig } from '../../../dist/training/studies/run.js';
import {
  anyRun,
  finalRuns,
  ofOtherVersions,
  planOf,
  tuningRuns,
} from '../../../dist/training/studies/runs.js';
import { ratesInWords } from '../../../dist/training/studies/report.js';
import type { Comparison, Study } from '../../../dist/training/studies/study.js';
import { inceptionResNetV1, receptiveField, summarize, type tf } from 'inception-lab';
import { resultOf } from './result-of.js';

const study = (name: string) => studies.find((candidate) => candidate.name === name)!;
const residual = study('residual');
const [deepest] = residual.comparisons;
const part = { study: residual, comparison: deepest!, size: 'full' as const };

/** The networks of a comparison, as the study builds them. */
function costsOf(comparison: Comparison, size: 'full' | 'large'): Record<string, number>[] {
  return Object.keys(comparison.arms).map((arm) => {
    const { network } = anyRun({ study: residual, comparison, size }, arm)!;
    const build = networks[network.name] as (options: object) => tf.LayersModel;
    const shape = { stem: 'small', inputShape: [32, 32, 3], classes: 10 } as const;
    const model = build({ ...shape, ...network.options });
    const { parameters, multiplyAdds } = summarize(model);
    return { parameters, multiplyAdds };
  });
}

describe('The studies', () => {
  for (const { name, comparisons } of studies) {
    it(`${name}: every run but once, of whatever size, and nothing wrong in its declaration`, () => {
      for (const size of ['small', 'full', 'large'] as const) {
        checkStudy(study(name), size);
        const { tuning, final, finalCount } = planOf(study(name), size, []);
        assert.equal(new Set([...tuning, ...final].map(runId)).size, tuning.length + final.length);
        assert.ok(finalCount >= comparisons.length * 2);
      }
    });
  }

  it('have five seeds for each claim of residual and residual-scale at its deepest, three elsewhere', () => {
    const seeds = studies.map(({ name, comparisons }) => [
      name,
      ...comparisons.map(({ sizes }) => sizes.full.seeds.length),
    ]);
    assert.deepEqual(seeds, [
      ['residual', 5, 3, 3, 5],
      ['residual-scale', 5, 5, 5],
      ['label-smoothing', 3],
      ['factorized', 3],
      ['dropout', 3],
      ['auxiliary', 3],
      ['reduction', 3],
    ]);
  });

  const broken = (change: (comparison: Comparison) => object): Study => ({
    ...residual,
    comparisons: [{ ...deepest!, ...change(deepest!) }],
  });
  for (const [problem, given, message] of [
    [
      'an empty list of seeds',
      ({ sizes }: Comparison) => ({ sizes: { ...sizes, full: { ...sizes.full, seeds: [] } } }),
      /^The study residual cannot be run: blocks-5-10-5 has no seeds: give at least one\.$/,
    ],
    [
      'a seed that stands there twice',
      ({ sizes }: Comparison) => ({ sizes: { ...sizes, full: { ...sizes.full, seeds: [1, 1] } } }),
      /blocks-5-10-5 has seeds twice: \[1, 1\]\.$/,
    ],
    [
      'a seed that is for tuning too',
      ({ sizes }: Comparison) => ({ sizes: { ...sizes, full: { ...sizes.full, seeds: [101] } } }),
      /blocks-5-10-5 has a seed both for tuning and for the final runs: give others\.$/,
    ],
    [
      'a claim of a network that is not there',
      ({ claims }: Comparison) => ({ claims: [{ ...claims[0]!, worse: 'none' }] }),
      /blocks-5-10-5 claims something about "none", which is not one of its networks\.$/,
    ],
  ] as const) {
    it(`refuse ${problem}`, () => {
      assert.throws(
        () => {
          checkStudy(broken(given), 'full');
        },
        { message },
      );
    });
  }
});

describe('The residual study', () => {
  it("compares [5, 10, 5] blocks, the paper's, with the same without shortcuts, and Inception-v4's [4, 7, 3]", () => {
    const options = Object.keys(deepest!.arms).map((arm) => anyRun(part, arm)!.network.options);
    assert.deepEqual(
      options.map((option) => (option as { blocks: number[] }).blocks),
      [
        [5, 10, 5],
        [5, 10, 5],
        [4, 7, 3],
      ],
    );
    assert.deepEqual(
      options.map((option) => (option as { residual?: boolean }).residual),
      [undefined, false, undefined],
    );
  });

  for (const comparison of residual.comparisons) {
    it(`compares networks of equal cost: multiply-adds within 5 percent, ${comparison.name}`, () => {
      for (const size of ['full', 'large'] as const) {
        const [first, ...others] = costsOf(comparison, size).map((cost) => cost.multiplyAdds!);
        for (const other of others) assert.ok(Math.abs(other / first! - 1) < 0.05, `${other}`);
      }
    }).timeout(120_000);
  }

  it('chooses learning rates on pictures that the test does not use, all arms from one list, and more where the best was the lowest', () => {
    const runs = tuningRuns(part);
    assert.equal(runs.length, 10);
    for (const { data } of runs) {
      assert.deepEqual(data, { name: 'cifar10', train: 3000, validation: 1000 });
    }
    const rates = (arm: string) =>
      runs.filter((run) => run.arm === arm).map(({ training }) => training.learningRate);
    for (const arm of Object.keys(deepest!.arms)) {
      const more = arm === 'plain Inception' ? [0.003] : [];
      assert.deepEqual(rates(arm), [0.01, 0.045, 0.2, ...more]);
    }
  });

  it('has final runs of an arm when all of its tuning runs are done, at the rate that erred least', () => {
    const errors: Record<number, number> = { 0.01: 0.9, 0.045: 0.7, 0.2: 0.8 };
    const ofArm = (run: RunConfig) => run.arm === 'with shortcuts';
    const done = tuningRuns(part)
      .filter(ofArm)
      .map((run) => resultOf(run, errors[run.training.learningRate!]!));
    assert.deepEqual(finalRuns(part, done.slice(1)), []);
    const runs = finalRuns(part, done);
    assert.deepEqual(
      runs.map(({ arm, seed, training }) => [arm, seed, training.learningRate]),
      [1, 2, 3, 4, 5].map((seed) => ['with shortcuts', seed, 0.045]),
    );
    assert.deepEqual(runs[0]!.data, { name: 'cifar10', train: 3000, test: 1000 });
    // Whoever reads them in another order chooses the same.
    assert.deepEqual(finalRuns(part, [...done].reverse()), runs);
    const diverged = done.map((result) =>
      result.config.training.learningRate === 0.045 ? { ...result, diverged: 'NaN' } : result,
    );
    assert.equal(finalRuns(part, diverged)[0]!.training.learningRate, 0.2);
  });

  it('knows its final runs at any rate that an arm may get', () => {
    const tuned = tuningRuns(part).map((run) => resultOf(run, run.training.learningRate!));
    const done = finalRuns(part, tuned).map((run) => resultOf(run, 0.5));
    const plain = done.filter(({ config }) => config.arm === 'plain Inception');
    assert.deepEqual(
      plain.map(({ config }) => config.training.learningRate),
      [0.003, 0.003, 0.003, 0.003, 0.003],
    );
    assert.deepEqual(ofOtherVersions(residual, [...tuned, ...done]), []);
  });

  it('keeps its final runs at the rate they had where a tuning result has been lost', () => {
    const tuned = tuningRuns(part).map((run) => resultOf(run, run.training.learningRate!));
    const done = finalRuns(part, tuned).map((run) => resultOf(run, 0.5));
    assert.equal(done.length, 15);
    // Of each arm the best rate's: without it, another one would be best.
    const left = tuned.filter(({ config }) => config.training.learningRate !== 0.01);
    assert.deepEqual(finalRuns(part, left), []);
    const kept = finalRuns(part, [...left, ...done.slice(0, 4)]);
    assert.deepEqual(kept, finalRuns(part, tuned));
    assert.equal(
      ratesInWords(deepest!.sizes.full, left.slice(0, 1)).split(': ')[1],
      'with shortcuts not known (no result at 0.01, 4.5 % at 0.045, no result at 0.2).',
    );
  });
});

describe('The smaller studies', () => {
  const settings = (name: string, what: (config: RunConfig) => unknown) => {
    const [comparison] = study(name).comparisons;
    return Object.keys(comparison!.arms).map((arm) =>
      what(anyRun({ study: study(name), comparison: comparison!, size: 'full' }, arm)!),
    );
  };

  it('compare what differs in what is asked alone', () => {
    const of = (key: string) => (config: RunConfig) =>
      (config.network.options as Record<string, unknown>)[key];
    assert.deepEqual(
      settings('label-smoothing', ({ training }) => training.labelSmoothing),
      [0, 0.1],
    );
    assert.deepEqual(settings('dropout', of('dropoutRate')), [0, 0.2, 0.5]);
    assert.deepEqual(settings('factorized', of('factorized')), [undefined, false]);
    assert.deepEqual(settings('auxiliary', of('auxiliary')), [undefined, true]);
    // Table 1.
    assert.deepEqual(settings('reduction', of('reductionA')), [
      { k: 192, l: 192, m: 256, n: 384 },
      { k: 192, l: 224, m: 256, n: 384 },
      { k: 256, l: 256, m: 384, n: 384 },
    ]);
  });

  it("build Reduction-A with another network's filters", () => {
    const filters = { k: 256, l: 256, m: 384, n: 384 };
    const model = inceptionResNetV1({ reductionA: filters });
    // 384 + 384 + the 256 of the pool: Figure 7.
    const { shape } = model.getLayer('reductionA/concat').output as tf.SymbolicTensor;
    assert.deepEqual(shape.slice(1), [17, 17, 1024]);
  });

  it('compare 1×n and n×1 with n×n that sees as much, and costs what the formula says', () => {
    const field = (factorized: boolean) => {
      const model = inceptionResNetV1({ factorized });
      return {
        cost: summarize(model).parameters,
        ...receptiveField(model, 'inceptionResNetC5/relu'),
      };
    };
    const [two, one] = [field(true), field(false)];
    assert.deepEqual([one.size, one.stride], [two.size, two.stride]);
    // n² in place of 2n products a pair of channels, and a batch normalization less (two a channel).
    const more = (n: number, channels: number) => (n * n - 2 * n) * channels ** 2 - 2 * channels;
    assert.equal(one.cost - two.cost, 10 * more(7, 128) + 5 * more(3, 192));
  });
});

describe('The residual-scale study', () => {
  it('has networks below and above 1000 filters, each with four scales, with warm-up and without, and few', () => {
    for (const comparison of study('residual-scale').comparisons) {
      const arms = Object.keys(comparison.arms);
      assert.equal(arms.length, comparison.name === '107-filters' ? 4 : 8);
      const run = anyRun({ study: study('residual-scale'), comparison, size: 'full' }, arms[0]!)!;
      const shape = { inputShape: [16, 16, 3], classes: 10 } as const;
      const build = networks[run.network.name] as (options: object) => tf.LayersModel;
      const model = build({ ...shape, ...run.network.options });
      const { filters } = model.getLayer('inceptionResNetC1/linear').getConfig();
      assert.equal(comparison.name, `${Number(filters)}-filters`);
    }
  });

  it('warms up with the rate that the paper names, and then has as many epochs as the others', () => {
    const [{ arms, sizes }] = study('residual-scale').comparisons as [Comparison];
    const { warmUpRate, warmUpEpochs, epochs } = arms['scale 1, warm-up']!.training!;
    assert.equal(warmUpRate, 1e-5);
    assert.equal(epochs! - warmUpEpochs!, sizes.full.training.epochs);
  });
});
