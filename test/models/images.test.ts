import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preprocess, readImage } from 'inception-lab';
import { encode } from 'fast-png';
import { useTestBackend } from '../support/backend.js';

describe('readImage', () => {
  it('decodes the pixels that another library encoded', async () => {
    const data = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 20, 30]);
    const image = await readImage(encode({ width: 2, height: 2, data, channels: 3 }));
    assert.deepEqual([image.width, image.height], [2, 2]);
    assert.deepEqual(Array.from(image.data), Array.from(data));
  });

  it('makes three channels of a grey picture, and lays a transparent one on white', async () => {
    const grey = await readImage(
      encode({ width: 1, height: 1, data: Uint8Array.of(77), channels: 1 }),
    );
    assert.deepEqual(Array.from(grey.data), [77, 77, 77]);
    const clear = await readImage(
      encode({ width: 1, height: 1, data: Uint8Array.of(9, 9, 9, 0), channels: 4 }),
    );
    assert.deepEqual(Array.from(clear.data), [255, 255, 255]);
  });

  it('scales and crops to a square', async () => {
    const data = new Uint8Array(40 * 20 * 3).fill(128);
    const image = await readImage(encode({ width: 40, height: 20, data, channels: 3 }), {
      size: 10,
    });
    assert.deepEqual([image.width, image.height, image.data.length], [10, 10, 300]);
  });

  it('says what is allowed when a file is no picture, or no file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'images-'));
    const path = join(folder, 'text.jpg');
    await writeFile(path, 'This is no picture.');
    await assert.rejects(readImage(path), /Cannot read ".*text\.jpg" as a picture.*JPEG, PNG/);
    await assert.rejects(readImage(join(folder, 'none.jpg')), /Cannot read ".*none\.jpg"/);
    await assert.rejects(readImage(Uint8Array.of(1, 2, 3)), /Cannot read 3 bytes as a picture/);
    await rm(folder, { recursive: true });
  });
});

describe('preprocess', () => {
  before(useTestBackend);

  it('scales bytes from 0…255 to −1…1', async () => {
    const x = preprocess({ width: 1, height: 1, data: Uint8Array.of(0, 255, 51) });
    assert.deepEqual(x.shape, [1, 1, 1, 3]);
    const [black, white, fifth = NaN] = await x.data();
    assert.deepEqual([black, white], [-1, 1]);
    assert.ok(Math.abs(fifth - -0.6) < 1e-6);
  });
});
