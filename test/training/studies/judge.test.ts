import assert from 'node:assert/strict';
import { bootstrap } from '../../../dist/training/studies/bootstrap.js';
import { compareResults, comparisonTable } from '../../../dist/training/studies/compare.js';
import { digestOf } from '../../../dist/training/studies/digest.js';
import { studies } from '../../../dist/training/studies/index.js';
import { judge } from '../../../dist/training/studies/judge.js';
import { requireOneBackend } from '../../../dist/training/studies/one-backend.js';
import { claimTable, inWords, table } from '../../../dist/training/studies/report.js';
import type { RunConfig, RunResult } from '../../../dist/training/studies/run.js';
import { anyRun } from '../../../dist/training/studies/runs.js';
import { timeLeft } from '../../../dist/training/studies/time-left.js';
import type { Claim } from '../../../dist/training/studies/study.js';
import { resultOf } from './result-of.js';

const [residual] = studies;
const [comparison] = residual!.comparisons;
const [ours, theirs] = ['with shortcuts', 'without shortcuts'] as const;

function runOf(arm: string, seed: number): RunConfig {
  return { ...anyRun({ study: residual!, comparison: comparison!, size: 'full' }, arm)!, seed };
}

/** Errors of two arms, seed by seed. */
function results(better: readonly number[], worse: readonly number[]): RunResult[] {
  return [
    ...better.map((error, i) => resultOf(runOf(ours, i + 1), error)),
    ...worse.map((error, i) => resultOf(runOf(theirs, i + 1), error)),
  ];
}

const claim: Claim = {
  ...{ sentence: 'It errs less.', source: 'Section 5', measure: 'errors' },
  ...{ better: ours, worse: theirs },
};

describe('The bootstrap', () => {
  it('goes through all samples of a few numbers', () => {
    // All 3125 in Python: itertools.product, sorted, 78 left out at each end.
    assert.deepEqual(bootstrap([1.5, -0.5, 2, 3.5, 0.25]), { mean: 1.35, low: 0.15, high: 2.55 });
    // Of 27 samples, 2.5 % are none.
    assert.deepEqual(bootstrap([1, 2, 3]), { mean: 2, low: 1, high: 3 });
  });

  it("draws samples of many numbers, always the same: near the normal law's interval", () => {
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    const { mean, low, high } = bootstrap(numbers);
    // Standard error of the mean of 0 to 99: 28.866 / 10.
    assert.equal(mean, 49.5);
    assert.ok(Math.abs(low - (49.5 - 1.96 * 2.887)) < 0.3, `${low}`);
    assert.ok(Math.abs(high - (49.5 + 1.96 * 2.887)) < 0.3, `${high}`);
    assert.deepEqual(bootstrap(numbers), { mean, low, high });
  });

  it('has no mean of nothing', () => {
    assert.throws(() => bootstrap([]), { message: 'There is no number to take a mean of.' });
  });
});

describe('A claim', () => {
  const verdict = (better: number[], worse: number[], more: Partial<Claim> = {}) =>
    judge({ ...claim, ...more }, results(better, worse)).verdict;

  it('is seen, not seen, or the opposite is, as the interval lies', () => {
    assert.equal(verdict([0.1, 0.2, 0.3], [0.2, 0.3, 0.5]), 'seen');
    assert.equal(verdict([0.1, 0.2, 0.3], [0.2, 0.3, 0.25]), 'not seen');
    assert.equal(verdict([0.2, 0.3, 0.4], [0.1, 0.2, 0.3]), 'the opposite');
  });

  it('is judged seed by seed: what seeds have in common does not blur it', () => {
    // The ranges overlap, and every seed says the same.
    assert.equal(verdict([0.1, 0.5, 0.9], [0.12, 0.52, 0.92]), 'seen');
    const { effect, seeds } = judge(claim, results([0.1, 0.5, 0.9, 0.4], [0.12, 0.52, 0.92]));
    assert.equal(seeds, 3);
    assert.ok(Math.abs(effect!.mean - 0.02) < 1e-12);
  });

  it('of two seeds is not done', () => {
    assert.equal(verdict([0.1, 0.1], [0.5, 0.5]), 'not done');
  });

  it('that one is no worse may be worse by its margin', () => {
    const [better, worse] = [
      [0.21, 0.31, 0.41],
      [0.2, 0.3, 0.4],
    ];
    assert.equal(verdict(better, worse), 'the opposite');
    assert.equal(verdict(better, worse, { margin: 0.02 }), 'seen');
  });

  it('counts a run that has diverged as one that errs on every picture', () => {
    const done = results([0.1, 0.2, 0.3], [0.5, 0.5, 0.5]);
    done[0] = { ...done[0]!, diverged: 'The loss is NaN.' };
    assert.ok(Math.abs(judge(claim, done).effect!.low - (0.5 - 1)) < 1e-12);
  });

  it('is told with its word, effect, interval and seeds', () => {
    const judgement = judge(claim, results([0.1, 0.2, 0.3], [0.2, 0.3, 0.5]));
    assert.equal(
      inWords(judgement),
      '"It errs less." (Section 5) **seen**, only 3 seeds: error of "without shortcuts" minus that of ' +
        '"with shortcuts", 13.3 points (10.0 to 20.0).',
    );
    assert.match(
      claimTable([judgement]),
      /^\| It errs less\. \| Section 5 \| \*\*seen\*\* \| error: without shortcuts minus with shortcuts \| 13\.3 points \(10\.0 to 20\.0\) \| only 3 seeds \|$/m,
    );
  });
});

describe('A table of results', () => {
  it('has mean and range, what has diverged, and the step of death', () => {
    const done = results([0.1, 0.2, 0.3], [0.4, 0.4, 0.4]);
    done[1] = { ...done[1]!, death: { epoch: 3, step: 4, layer: 'c2' } };
    done[5] = { ...done[5]!, diverged: 'The loss is NaN.' };
    const text = table(comparison!, done);
    assert.match(
      text,
      /\| with shortcuts \| 3 \| 0\.045 \| 1,000 \| 5\.0 \| 0\.400 \(0\.200 to 0\.600\) \| 20\.0 \(10\.0 to 30\.0\) \| 50\.0 \(50\.0 to 50\.0\) \| 24 \|/,
    );
    assert.match(
      text,
      /\| without shortcuts \| 3 \| .* \| 1 diverged \| 60\.0 \(40\.0 to 100\.0\) \|/,
    );
  });
});

describe('The digest', () => {
  it('has a run that has diverged as one that errs on every picture, for choosing rates too', () => {
    const done = results([0.1], [0.2]);
    const tuned = [0.01, 0.2].map((learningRate) =>
      resultOf({ ...runOf(ours, 101), training: { learningRate } }, 0.25, {
        ...(learningRate === 0.2 && { diverged: 'The loss is NaN.' }),
      }),
    );
    const { comparisons } = digestOf([{ study: residual!, tuned, done }], []);
    assert.deepEqual(comparisons.residual!['blocks-5-10-5']!.arms[ours]!.tuning, [
      { learningRate: 0.01, error: 0.25 },
      { learningRate: 0.2, error: 1 },
    ]);
  });
});

describe('The effect of a run that has diverged', () => {
  const done = results([0.1, 0.2, 0.3], [0.4, 0.4, 0.4]);
  done[4] = { ...done[4]!, diverged: 'The loss is NaN.' };

  it('has no bounds in losses, and the digest none of it', () => {
    const { claims } = digestOf([{ study: residual!, tuned: [], done }], []).comparisons.residual![
      'blocks-5-10-5'
    ]!;
    const effects = claims
      .filter(({ worse }) => worse === 'without shortcuts')
      .map(({ measure, effect }) => [measure, effect !== undefined]);
    assert.deepEqual(Object.fromEntries(effects), { losses: false, errors: true });
  });
});

describe('Results of different backends', () => {
  it('are not compared', () => {
    const done = results([0.1], [0.2]);
    requireOneBackend(done);
    done[1] = { ...done[1]!, backend: 'webgpu' };
    assert.throws(
      () => {
        requireOneBackend(done);
      },
      {
        message:
          /^The results of blocks-5-10-5 would be mixed: cpu and webgpu\. Continue with the --backend that began, or choose another --results folder\.$/,
      },
    );
  });
});

describe('Two results folders', () => {
  it('are compared run by run: the greatest difference, or none', () => {
    const done = results([0.1], [0.2]);
    const rerun = [done[1]!, resultOf(runOf(ours, 1), 0.125)];
    const differences = compareResults(done, rerun);
    assert.deepEqual(
      differences.map(({ top1, loss }) => [top1, loss]),
      [
        [0.024999999999999994, 0.04999999999999999],
        [0, 0],
      ],
    );
    const text = comparisonTable(differences);
    assert.match(text, /with shortcuts, seed 1 \| cpu, cpu \| 10\.0, 12\.5 \| 2\.5 \| 0\.050 \|/);
    assert.match(text, /without shortcuts, seed 1 .* \| none, bit for bit \| none, bit for bit \|/);
  });
});

describe('The time that is left', () => {
  it('is what the runs that are missing take, on several processes', () => {
    const done = results([0.1], [0.2]);
    assert.equal(timeLeft(done, 122, 1), ', about 2 h 0 min left');
    assert.equal(timeLeft(done, 12, 2), ', about 5 min left');
    assert.equal(timeLeft(done, 2, 1), '');
  });
});
