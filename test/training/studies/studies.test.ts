import assert from 'node:assert/strict';
import { utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { networks } from '../../../dist/models/networks.js';
import { studies } from '../../../dist/training/studies/index.js';
import { report, summarizeArms, verdict } from '../../../dist/training/studies/report.js';
import { Results } from '../../../dist/training/studies/results.js';
import { runId, type RunConfig, type RunResult } from '../../../dist/training/studies/run.js';
import {
  inceptionResNetV1,
  receptiveField,
  summarize,
  type EpochResult,
  type tf,
} from 'inception-lab';
import { temporaryFolder } from '../../support/temporary-folder.js';

const [residual, residualScale] = studies;
const runs = residual!.runs('full');

function resultOf(config: RunConfig, top1: number, diverged?: string): RunResult {
  const last = { epoch: 1, loss: top1 * 2, top1, top5: 0, zeroFraction: 0.5 } as EpochResult;
  return {
    config,
    ...{ parameters: 1000, multiplyAdds: 5e6, curve: [last], device: 'test' },
    ...(diverged !== undefined && { diverged }),
    versions: { node: '', tensorflow: '' },
    ...{ date: '2016-02-23', seconds: 60 },
  };
}

/** Errors of each arm's seeds. */
function results(errors: Readonly<Record<string, number[]>>): RunResult[] {
  return runs.map((config) => resultOf(config, errors[config.arm]![config.seed - 1]!));
}

describe('A run of a study', () => {
  const [config] = runs as [RunConfig];

  it('is named by its configuration, in whatever order that is written', () => {
    const { study, arm, ...rest } = config;
    assert.match(runId(config), /^[0-9a-f]{12}$/);
    assert.equal(runId({ ...rest, arm, study }), runId(config));
    const published = { ...config, training: { ...config.training, momentum: 0.9 } };
    assert.equal(runId(published), runId(config), 'a default that is written down is the same');
  });

  it('has another name for another seed, network, data or setting', () => {
    const others: RunConfig[] = [
      { ...config, seed: 9 },
      { ...config, data: { ...config.data, train: 1 } },
      { ...config, training: { ...config.training, momentum: 0.8 } },
      { ...config, network: { name: 'inception-v4', options: {} } },
    ];
    assert.equal(new Set([config, ...others].map(runId)).size, 5);
  });

  it('is done by one process at a time, and by another when that has died', async () => {
    const stored = new Results(temporaryFolder());
    const release = await stored.claim(config);
    assert.ok(release);
    assert.equal(await stored.claim(config), undefined);
    await release();
    const lock = join(stored.scratch(config), 'process');
    // A process that there is no more.
    writeFileSync(lock, `${hostname()} 999999999`);
    const again = await stored.claim(config);
    await again!();
    // Another machine: what counts is whether it has shown itself lately.
    writeFileSync(lock, 'elsewhere 1');
    assert.equal(await stored.claim(config), undefined);
    const longAgo = new Date(Date.now() - 3_600_000);
    utimesSync(lock, longAgo, longAgo);
    await (await stored.claim(config))!();
  });

  it('whose result is damaged is named, and the others are read', async () => {
    const folder = temporaryFolder();
    const stored = new Results(folder);
    await stored.write(resultOf(config, 0.5));
    assert.deepEqual((await stored.read(runs)).length, 1);
    writeFileSync(join(folder, 'residual', `${runId(config)}.json`), '{"config":');
    await assert.rejects(stored.read(runs), {
      message: /^The result .+\.json cannot be read: .+ Remove it, and run the study again\.$/,
    });
  });
});

describe('The residual study', () => {
  it('has three seeds of each network, and every run but once', () => {
    assert.equal(runs.length, 9);
    assert.equal(new Set(runs.map(runId)).size, 9);
  });

  it('compares networks of equal cost: parameters and multiply-adds within 5 percent', () => {
    const costs = runs.slice(0, 3).map(({ network: { name, options } }) => {
      const shape = { stem: 'small', inputShape: [28, 28, 1], classes: 10 } as const;
      const build = networks[name] as (options: object) => Parameters<typeof summarize>[0];
      return summarize(build({ ...shape, ...options }));
    });
    for (const key of ['parameters', 'multiplyAdds'] as const) {
      const [first, ...others] = costs.map((cost) => cost[key]);
      for (const other of others)
        assert.ok(Math.abs(other / first! - 1) < 0.05, `${key}: ${other}`);
    }
  });

  it('says whether the claim was seen, for every seed, not at all, or not clearly', () => {
    const [claim] = residual!.claims;
    const say = (ours: number[], theirs: number[]) => {
      const given = {
        'with shortcuts': ours,
        'without shortcuts': theirs,
        'plain Inception': theirs,
      };
      return verdict(claim!, summarizeArms(residual!, results(given)));
    };
    assert.match(
      say([0.1, 0.12, 0.11], [0.2, 0.13, 0.3]),
      /was seen, for every seed: error 11\.0 % \(with/,
    );
    assert.match(say([0.3, 0.25, 0.28], [0.2, 0.13, 0.2]), /the opposite was seen, for every seed/);
    assert.match(
      say([0.1, 0.2, 0.3], [0.2, 0.13, 0.25]),
      /the seeds do not tell: error 20\.0 % \(with/,
    );
  });

  it('reports mean and range, and what has diverged', () => {
    const done = results({
      'with shortcuts': [0.1, 0.2, 0.3],
      'without shortcuts': [0.4, 0.4, 0.4],
      'plain Inception': [0.3, 0.3, 0.3],
    });
    done[1] = resultOf(runs[1]!, 0.4, 'The loss is NaN.');
    const text = report(residual!, done);
    assert.match(
      text,
      /\| with shortcuts +\| 3 \| 1,000 \| 5\.0 \| 0\.400 \(0\.200 to 0\.600\) \| 20\.0 \(10\.0 to 30\.0\) \| 50\.0 \(50\.0 to 50\.0\) \|/,
    );
    assert.match(
      text,
      /\| without shortcuts \| 3 \| .* \| 1 diverged \| 1 diverged \| 1 diverged \|/,
    );
  });
});

describe('The smaller studies', () => {
  const others = studies.filter(({ name }) => !name.startsWith('residual'));

  it('have two or three networks and three seeds each, that differ in what is asked alone', () => {
    assert.deepEqual(
      others.map(({ name, runs }) => [name, new Set(runs('full').map(runId)).size]),
      [
        ['label-smoothing', 6],
        ['factorized', 6],
        ['dropout', 9],
      ],
    );
    const settings = (study: string, what: (config: RunConfig) => unknown) =>
      others
        .find(({ name }) => name === study)!
        .runs('full')
        .slice(0, 3)
        .map(what);
    assert.deepEqual(
      settings('label-smoothing', ({ training }) => training.labelSmoothing),
      [0, 0.1, 0],
    );
    assert.deepEqual(
      settings('dropout', ({ network }) => network.options?.dropoutRate),
      [0, 0.2, 0.5],
    );
  });

  it('compare 1×n and n×1 with n×n that sees as much, and costs what the formula says', () => {
    const field = (factorized: boolean) => {
      const model = inceptionResNetV1({ factorized });
      return { cost: summarize(model).parameters, ...receptiveField(model, 'inceptionResNetC5/relu') };
    };
    const [two, one] = [field(true), field(false)];
    assert.deepEqual([one.size, one.stride], [two.size, two.stride]);
    // n² in place of 2n products a pair of channels, and a batch normalization less (two a channel).
    const more = (n: number, channels: number) => (n * n - 2 * n) * channels ** 2 - 2 * channels;
    assert.equal(one.cost - two.cost, 10 * more(7, 128) + 5 * more(3, 192));
  });
});

describe('The residual-scale study', () => {
  const runs = residualScale!.runs('full');

  it('has networks below and above 1000 filters, each with three scales and three seeds', () => {
    assert.equal(new Set(runs.map(runId)).size, 18);
    for (const { arm, network } of runs.slice(0, 6)) {
      const shape = { stem: 'small', inputShape: [14, 14, 1], classes: 10 } as const;
      const build = networks[network.name] as (options: object) => tf.LayersModel;
      const model = build({ ...shape, ...network.options });
      const { filters } = model.getLayer('inceptionResNetC1/linear').getConfig();
      assert.equal(Number(arm.split(' ')[0]), filters);
    }
  });
});
