import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { wantedThreads } from '../../dist/backends/node/wasm-threads.js';

/** Prints the device and a hash-like sum of a product and a convolution, and ends by itself. */
const program = `
  const { tf, useBackend } = await import('inception-lab');
  const { device } = await useBackend('wasm');
  const a = tf.range(0, 90000).mod(7).reshape([300, 300]);
  const image = tf.range(0, 2 * 20 * 20 * 16).mod(5).reshape([2, 20, 20, 16]);
  const kernel = tf.range(0, 9 * 16 * 32).mod(3).reshape([3, 3, 16, 32]);
  const values = [tf.matMul(a, a).sum(), tf.conv2d(image, kernel, 1, 'same').square().sum()];
  console.log(JSON.stringify({ device, values: values.map((value) => value.dataSync()[0]) }));
`;

async function compute(threads: number): Promise<{ device: string; values: number[] }> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', program],
    {
      env: { ...process.env, INCEPTION_LAB_WASM_THREADS: `${threads}` },
      timeout: 30_000,
    },
  );
  assert.equal(stderr, '');
  return JSON.parse(stdout) as { device: string; values: number[] };
}

describe('Threads on wasm', () => {
  it('are one where nothing is said', () => {
    assert.equal(wantedThreads(''), 1);
  });

  it('are as many as INCEPTION_LAB_WASM_THREADS says, with the same numbers', async () => {
    const [one, two] = [await compute(1), await compute(2)];
    assert.match(one.device, /, 1 thread$/);
    assert.match(two.device, /, 2 threads$/);
    assert.deepEqual(two.values, one.values);
  });

  it('are refused where that is no number of threads', () => {
    assert.throws(() => wantedThreads('many'), {
      message: "INCEPTION_LAB_WASM_THREADS is 'many': give a whole number from 1 to 8",
    });
  });
});
