import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluate, useBackend } from 'inception-lab';
import {
  loadTrainedNetwork,
  loadTrainedRecipe,
  trainedNetworkNames,
} from '../../dist/lessons/trained-network.js';
import { dataFolder } from '../../dist/training/data/load.js';
import type { DatasetName } from '../../dist/training/data/sources.js';
import { loadData } from '../../dist/training/load-data.js';
import { Results } from '../../dist/training/studies/results.js';
import { executeRun, type RunResult } from '../../dist/training/studies/run.js';
import { describeOn } from '../support/backends.js';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { need } from './support/requirements.js';

function needData(context: Mocha.Context, name: DatasetName): void {
  const folder = existsSync(dataFolder(name)) ? name : undefined;
  need(context, 'data', folder, `npx inception-lab data ${name} fetches it.`);
}

describe('The trained networks of the lessons', () => {
  for (const name of trainedNetworkNames) {
    it(`err on as many pictures to test with as their recipes say: ${name}`, async function () {
      const { data: source, measured } = await loadTrainedRecipe(name);
      needData(this, source.name as DatasetName);
      await useBackend();
      const data = await loadData({ name: source.name });
      assert.equal(data.test.count, 10_000);
      const { top1 } = await evaluate(await loadTrainedNetwork(name), data);
      // Backends round differently: a few pictures change sides.
      assert.ok(Math.abs(top1 - measured!.top1) <= 0.001, `${top1}, not ${measured!.top1}`);
    });
  }
});

describe("The residual study's deepest networks", () => {
  async function committedRun(data: DatasetName): Promise<RunResult> {
    const { results } = await new Results('studies').read('residual');
    const run = results.find(
      ({ config }) =>
        config.comparison === 'blocks-5-10-5' &&
        config.arm === 'with shortcuts' &&
        config.seed === 1 &&
        config.data.name === data,
    );
    assert.ok(run);
    return run;
  }

  describeOn('native', 'on native', () => {
    it('begin as has been committed', async function () {
      needData(this, 'cifar10');
      const on = { name: 'native', device: 'test' } as const;
      const { config, curve } = await committedRun('cifar10');
      const first = { ...config, training: { ...config.training, epochs: 1 } };
      const again = await executeRun(first, { on, folder: temporaryFolder() });
      const [ours, theirs] = [again.curve[0]!, curve[0]!];
      // Threads add up in another order each time: two runs on one machine have differed by 0.5 %
      // and 0.4 points.
      assert.ok(Math.abs(ours.loss / theirs.loss - 1) < 0.03, `${ours.loss}, ${theirs.loss}`);
      assert.ok(Math.abs(ours.top1 - theirs.top1) < 0.05, `${ours.top1}, ${theirs.top1}`);
    });
  });

  it('learn again what has been committed, to the bit on wasm', async function () {
    needData(this, 'mnist');
    await useBackend('wasm');
    const on = { name: 'wasm', device: 'test' } as const;
    const committed = await committedRun('mnist');
    const { curve } = await executeRun(committed.config, { on, folder: temporaryFolder() });
    const numbers = (of: RunResult['curve']) =>
      of.map(({ loss, top1, top5, zeroFraction }) => ({ loss, top1, top5, zeroFraction }));
    assert.deepEqual(numbers(curve), numbers(committed.curve));
  });
});

describe('A study whose parts run in two processes at once', () => {
  /** Of every run, all but when and how fast it was. */
  function resultsIn(folder: string): Map<string, unknown> {
    const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return new Map(
      files.sort().map((name) => {
        const { config, curve } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as RunResult;
        const numbers = curve.map((result) => ({ ...result, seconds: 0, waitingSeconds: 0 }));
        return [name, { config, numbers }];
      }),
    );
  }

  /** The table and the sentences that a study prints at its end. */
  function report(stdout: string): string {
    return stdout.slice(stdout.indexOf('\nDoes label'), stdout.indexOf('Picture: '));
  }

  it('comes to the same table as in one, to the bit on wasm', async function () {
    needData(this, 'mnist');
    const run = async (results: string, ...more: string[]) => {
      const args = ['label-smoothing', '--small', '--backend', 'wasm', '--results', results];
      const { status, stdout, stderr } = await inceptionLab('study', 'run', ...args, ...more);
      assert.equal(status, 0, stderr);
      return report(stdout);
    };
    const [one, two] = [temporaryFolder(), temporaryFolder()];
    const whole = await run(one);
    await Promise.all([run(two, '--shard', '1/2'), run(two, '--shard', '2/2')]);
    assert.equal(await run(two), whole);
    const results = resultsIn(join(one, 'label-smoothing'));
    assert.equal(results.size, 2);
    assert.deepEqual(resultsIn(join(two, 'label-smoothing')), results);
  });
});
