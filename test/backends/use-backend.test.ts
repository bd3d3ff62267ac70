import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  backendNames,
  chooseBackend,
  describeBackend,
  tf,
  useBackend,
  type BackendName,
} from 'inception-lab';
import { withEnvironment } from '../support/environment.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A 2×2 convolution that can be done in the head: 1·1 + 2·10 + 3·100 + 4·1000. */
async function convolveByHand(): Promise<number[]> {
  const image = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  const kernel = tf.tensor4d([1, 10, 100, 1000], [2, 2, 1, 1]);
  return Array.from(await tf.conv2d(image, kernel, 1, 'valid').data());
}

describe('useBackend', () => {
  for (const name of ['wasm', 'cpu'] as const) {
    it(`starts ${name} when asked to, and ${name} computes`, async () => {
      const report = await useBackend(name);
      assert.equal(report.name, name);
      assert.equal(report.gpu, false);
      assert.equal(tf.getBackend(), name);
      assert.deepEqual(await convolveByHand(), [4321]);
    });
  }

  it('refuses a name that it does not know, and lists those it knows', async () => {
    await assert.rejects(useBackend('cuda' as BackendName), {
      message: 'There is no backend "cuda". Choose one of: native, webgpu, wasm, cpu.',
    });
  });
});

describe('A program that computes in plain JavaScript', () => {
  for (const [when, start] of [
    ['before it has called useBackend', ''],
    ['after it has called useBackend', "await useBackend('cpu');"],
  ] as const) {
    it(`${when} has no word on stderr, where a grader would take it for a failure`, () => {
      const program = `import { tf, useBackend } from 'inception-lab'; ${start} console.log(tf.add(1, 2).dataSync()[0]);`;
      const { stdout, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '--eval', program],
        { encoding: 'utf8' },
      );
      assert.deepEqual([stdout, stderr], ['3\n', '']);
    });
  }
});

describe('chooseBackend', () => {
  it('chooses the best by itself, and says why better ones were passed over', async () => {
    const report = await chooseBackend();
    // A GPU is looked for before native on the CPU is taken.
    const order: readonly string[] =
      report.name === 'native' && !report.gpu ? ['webgpu', 'native'] : backendNames;
    const better = order.slice(0, order.indexOf(report.name));
    assert.deepEqual(
      report.skipped.map(({ name }) => name),
      better,
    );
    for (const { why } of report.skipped) assert.notEqual(why, '');
    assert.match(describeBackend(report), /^(native|webgpu|wasm) \(.+\)/);
  });

  it('follows the environment variable', async () => {
    const choice = await withEnvironment({ INCEPTION_LAB_BACKEND: 'cpu' }, () => chooseBackend());
    assert.equal(choice.name, 'cpu');
  });

  /** Ends every process that tries a backend. */
  const deadly = { NODE_OPTIONS: '--import=data:text/javascript,process.exit(3)' };

  it('fails rather than falls back, and keeps no verdict, when a process dies', async () => {
    await withEnvironment({ XDG_CACHE_HOME: temporaryFolder() }, async () => {
      await assert.rejects(
        withEnvironment(deadly, () => chooseBackend('cpu')),
        /"cpu" was asked for, but cannot start: its process ended with status 3\. Choose another of: native, webgpu, wasm,/,
      );
      assert.equal((await chooseBackend('cpu')).name, 'cpu');
      // The one that is kept now does not need the process.
      const kept = await withEnvironment(deadly, () => chooseBackend('cpu'));
      assert.equal(kept.name, 'cpu');
    });
  });

  it('keeps a verdict for a day, and then no longer', async () => {
    const cache = temporaryFolder();
    const folder = join(cache, 'inception-lab');
    await withEnvironment({ XDG_CACHE_HOME: cache }, async () => {
      await chooseBackend('cpu');
      const [name = ''] = readdirSync(folder);
      const file = join(folder, name);
      const kept = JSON.parse(readFileSync(file, 'utf8')) as { time: number };
      const yesterday = kept.time - 25 * 3_600_000;
      writeFileSync(file, JSON.stringify({ ...kept, time: yesterday }));
      await assert.rejects(
        withEnvironment(deadly, () => chooseBackend('cpu')),
        /its process ended/,
      );
      utimesSync(file, yesterday / 1000, yesterday / 1000);
      await chooseBackend('wasm');
      assert.ok(!readdirSync(folder).includes(name), 'its file is gone');
    });
  });
});
