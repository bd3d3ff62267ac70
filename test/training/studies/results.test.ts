import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { studies } from '../../../dist/training/studies/index.js';
import { Results } from '../../../dist/training/studies/results.js';
import { runId, type RunConfig, type RunResult } from '../../../dist/training/studies/run.js';
import { anyRun } from '../../../dist/training/studies/runs.js';
import { seal, unseal } from '../../../dist/training/studies/seal.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { resultOf } from './result-of.js';

const [residual] = studies;
const part = { study: residual!, comparison: residual!.comparisons[0]!, size: 'full' as const };
const config = anyRun(part, 'with shortcuts')!;
const other = anyRun(part, 'without shortcuts')!;

describe('A run of a study', () => {
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

  it("is taken by one of several processes that find a dead one's lock at once", async () => {
    const folders = Array.from({ length: 10 }, () => temporaryFolder());
    for (const folder of folders) {
      writeFileSync(join(folder, 'process'), `${hostname()} 999999999`);
    }
    const claim = pathToFileURL('dist/training/claim.js').href;
    const start = Date.now() + 1500;
    const script = `
      import { claimFolder } from '${claim}';
      const held = [];
      for (const [i, folder] of ${JSON.stringify(folders)}.entries()) {
        while (Date.now() < ${start} + 50 * i);
        held.push((await claimFolder(folder)) ? 1 : 0);
      }
      console.log(JSON.stringify(held));
      setTimeout(() => process.exit(), 1000);`;
    const run = promisify(execFile);
    const processes = Array.from({ length: 4 }, () =>
      run(process.execPath, ['--input-type=module', '--eval', script]),
    );
    const held = (await Promise.all(processes)).map(({ stdout }) => JSON.parse(stdout) as number[]);
    const holders = folders.map((_, i) => held.reduce((sum, one) => sum + one[i]!, 0));
    assert.deepEqual(holders, Array(10).fill(1));
  });

  it('is done by the next container too, which has the name and number of the killed one', async () => {
    const stored = new Results(temporaryFolder());
    await (await stored.claim(config))!();
    writeFileSync(join(stored.scratch(config), 'process'), `${hostname()} ${process.pid} other`);
    const release = await stored.claim(config);
    assert.ok(release);
    assert.equal(await stored.claim(config), undefined);
    await release();
  });

  it('is not held for long by a lock that is empty, since the disk was full', async () => {
    const stored = new Results(temporaryFolder());
    await (await stored.claim(config))!();
    const lock = join(stored.scratch(config), 'process');
    writeFileSync(lock, '');
    assert.equal(await stored.claim(config), undefined, 'it may be about to be written');
    const before = new Date(Date.now() - 10_000);
    utimesSync(lock, before, before);
    await (await stored.claim(config))!();
  });
});

describe('A results folder', () => {
  const folder = temporaryFolder();
  const stored = new Results(folder);
  const path = join(folder, 'residual', `${runId(config)}.json`);

  beforeEach(async () => {
    await stored.write(resultOf(config, 0.5));
    await stored.write(resultOf(other, 0.25));
  });

  it('gives back what was written, whole', async () => {
    const { results, problems } = await stored.read('residual');
    assert.deepEqual(problems, []);
    assert.deepEqual(results.map(({ curve }) => curve[0]!.top1).sort(), [0.25, 0.5]);
  });

  for (const [problem, damage, sentence] of [
    ['was cut off', (text: string) => text.slice(0, 400), 'is cut off, or is not JSON'],
    [
      'was edited by hand',
      (text: string) => text.replace('"top1": 0.5', '"top1": 0.4'),
      'was changed after it had been written',
    ],
    [
      'is from another version',
      (text: string) => text.replace(/,\s*"checksum": "\w+"/, ''),
      'has no checksum: another version wrote it',
    ],
    ['is null', () => 'null', 'is not an object of JSON'],
    ['is sealed and empty', () => seal({}), 'has no "config": another version wrote it'],
    [
      'is sealed and has no curve',
      (text: string) => {
        const { curve, ...rest } = unseal(text) as RunResult;
        assert.ok(curve);
        return seal(rest);
      },
      'has no "curve": another version wrote it',
    ],
  ] as const) {
    it(`names the file that ${problem}, in one sentence, and gives the others`, async () => {
      const text = readFileSync(path, 'utf8');
      assert.notEqual(damage(text), text);
      writeFileSync(path, damage(text));
      const { results, problems } = await stored.read('residual');
      assert.equal(results.length, 1);
      assert.deepEqual(problems, [
        `The result ${path} ${sentence}. It is ignored: remove it, and run the study again.`,
      ]);
      // A file that is not whole is still there: whoever runs the study is told, and not overruled.
      assert.ok(stored.has(config));
    });
  }

  it('does not take the result of one run for that of another', async () => {
    const [mine, theirs] = [config, other].map((one) =>
      join(folder, 'residual', `${runId(one)}.json`),
    );
    writeFileSync(mine!, readFileSync(theirs!));
    const { problems } = await stored.read('residual');
    assert.match(problems[0]!, /is the result of another run\. It is ignored/);
  });

  it('that cannot be written says what to do, and keeps what there is', async () => {
    const blocked = temporaryFolder();
    const first = new Results(blocked);
    await first.write(resultOf(other, 0.25));
    // A file where a folder should be.
    writeFileSync(join(blocked, 'residual-scale'), '');
    await assert.rejects(first.write(resultOf({ ...config, study: 'residual-scale' }, 0.5)), {
      message:
        /^The result cannot be written: .+ Make room or give another --results folder, and run the study again: it will resume\.$/,
    });
    assert.equal((await first.read('residual')).results.length, 1);
  });
});
