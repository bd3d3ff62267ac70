import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './support/repository.js';
import { runCommand } from './support/run-command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const isRequired = (process.env.REQUIRE_BACKENDS ?? '').split(',').includes('native');

/** Computes with the backend, and tells whether it is our TensorFlow.js that it has joined. */
const program = `
  const { tf, useBackend } = await import('inception-lab');
  const { device } = await useBackend('native');
  const window = tf.conv2d(tf.ones([1, 4, 4, 1]), tf.ones([3, 3, 1, 1]), 1, 'valid');
  console.log(JSON.stringify({ backend: tf.getBackend(), device, sum: window.sum().dataSync()[0] }));
`;

describe('inception-lab backend install --cpu', function () {
  this.timeout(900_000);
  let native: string;

  before(function () {
    if (!isRequired) {
      console.log('      skipped: REQUIRE_BACKENDS does not name native');
      this.skip();
    }
    native = join(temporaryFolder(), 'first');
  });

  const inLab = (args: string[]) =>
    runCommand(process.execPath, args, {
      cwd: repository,
      env: { ...process.env, INCEPTION_LAB_NATIVE: native },
    });
  const install = () => inLab(['dist/cli/main.js', 'backend', 'install', '--cpu']);

  it('builds a backend that works', async () => {
    const { status, stdout, stderr } = await install();
    assert.deepEqual([status, stderr], [0, ''], stdout + stderr);
    assert.match(stdout, /\n {2}tensorflow-cpu 2\.21\.0, \d+ MB\n/);
    assert.match(stdout, /\nIt works: CPU, \d+ threads?\.\n/);
    const current = JSON.parse(readFileSync(join(native, 'current.json'), 'utf8')) as object;
    assert.deepEqual(current, { kind: 'cpu', tensorflow: '2.21.0', tfjs: '4.22.0' });
  });

  it('has nothing to do the second time, and says so', async () => {
    const { status, stdout } = await install();
    assert.equal(status, 0);
    assert.match(stdout, /It already exists, and works/);
  });

  const computes = async () => {
    const { stdout, stderr } = await inLab(['--input-type=module', '--eval', program]);
    assert.equal(stderr, '');
    const { device, ...computed } = JSON.parse(stdout) as { device: string };
    assert.match(device, /^CPU, \d+ threads?$/);
    // Four windows of nine ones.
    assert.deepEqual(computed, { backend: 'tensorflow', sum: 36 });
  };

  it('computes in the one TensorFlow.js of the process, with nothing on stderr', computes);

  it('still finds its libraries after its folder was moved', async () => {
    const moved = join(native, '..', 'second');
    await rename(native, moved);
    native = moved;
    await computes();
  });
});
