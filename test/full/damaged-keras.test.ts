import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openKerasFile } from '../../dist/models/weights/keras/keras-file.js';
import { noise } from '../support/noise.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { writeArchive, writeKerasFile, type KerasLayers } from '../support/keras-file.js';

/** Thousands take minutes: HDF5 starts anew after each error. `DAMAGED_FILES=3000` for a night. */
const rounds = Number(process.env.DAMAGED_FILES ?? 40);

/** In bytes: so much more than before this process may have at any time. */
const mostMemory = 300e6;

const layers = Object.fromEntries<KerasLayers[string]>(
  ['conv2d', 'conv2d_1', 'conv2d_2'].flatMap((conv, i) => [
    [conv, { kernel: [1, 1, 2, 2] }],
    [`batch_normalization${i === 0 ? '' : `_${i}`}`, { beta: [2], moving_variance: [2] }],
  ]),
);
const values = (_: string, shape: readonly number[]) =>
  new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5);

describe("Keras's files, damaged,", () => {
  const folder = temporaryFolder();
  const path = join(folder, 'damaged');

  /** Changes bytes that say something, and cuts some of the files off. */
  function* damagedCopies(whole: Buffer, seed: number, count: number): Generator<Buffer> {
    const told = [...whole.keys()].filter((i) => whole[i] !== 0);
    const random = noise(count * 12, seed);
    let next = 0;
    const below = (limit: number) => Math.floor(random[next++]! * limit);
    for (let round = 0; round < count; round++) {
      const damaged = Buffer.from(whole);
      for (let changes = 1 + below(4); changes > 0; changes--) {
        damaged[told[below(told.length)]!] =
          below(2) === 0 ? below(256) : [0, 1, 127, 255][below(4)]!;
      }
      yield below(5) === 0 ? damaged.subarray(0, below(whole.length)) : damaged;
    }
  }

  /** All that can be read of a file. */
  async function readAll(): Promise<number> {
    const file = await openKerasFile(path);
    try {
      let numbers = 0;
      for (const name of file.tensors.keys()) numbers += (await file.read(name)).length;
      return numbers;
    } finally {
      await file.close();
    }
  }

  for (const [kind, version, share] of [
    ['.h5', 3, 1],
    ['.weights.h5', 'names', 1],
    ['.keras', 'places', 50],
  ] as const) {
    it(`as ${kind}, end in an error that names them, or are read; a whole one is read after all`, async function () {
      this.timeout(rounds * share * 10_000);
      await writeKerasFile(path, layers, { version, values });
      if (kind === '.keras') {
        const h5 = join(folder, 'h5');
        await writeFile(h5, await readFile(path));
        await writeArchive(path, { 'model.weights.h5': h5 });
      }
      const whole = await readFile(path);
      const numbers = await readAll();
      assert.equal(numbers, 3 * (4 + 2 + 2));
      const before = process.memoryUsage.rss();
      let refused = 0;
      for (const damaged of damagedCopies(whole, share, rounds * share)) {
        await writeFile(path, damaged);
        try {
          await readAll();
        } catch (error) {
          assert.ok(error instanceof Error && error.message.includes(path), String(error));
          refused++;
        }
        const more = process.memoryUsage.rss() - before;
        assert.ok(more < mostMemory, `${more} bytes more`);
      }
      await writeFile(path, whole);
      assert.equal(await readAll(), numbers);
      assert.ok(refused > rounds / 4, `${refused} refused`);
    });
  }
});
