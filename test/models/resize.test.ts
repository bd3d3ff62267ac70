import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { preprocess, readImage, type Image, type ResizeMethod } from 'inception-lab';
import { encode } from 'fast-png';
import { useTestBackend } from '../support/backend.js';

/** What Pillow makes of the picture below; made by test/golden/make_pillow.py. */
interface PillowCase {
  readonly height: number;
  readonly width: number;
  readonly size: number;
  readonly crop: number;
  readonly method: ResizeMethod;
  readonly data: string;
}

const { cases } = JSON.parse(readFileSync('test/golden/pillow.json', 'utf8')) as {
  cases: PillowCase[];
};

function picture(height: number, width: number): Image {
  const data = new Uint8Array(height * width * 3);
  for (let i = 0; i < data.length; i++) {
    const [channel, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    data[i] = Math.floor((7 * x * x + 3 * y * y + 5 * x * y + 40 * channel) / 11) % 256;
  }
  return { height, width, data };
}

describe('Pictures are scaled and cropped', () => {
  before(useTestBackend);

  for (const { height, width, size, crop, method, data } of cases) {
    it(`as timm does with Pillow: ${height} × ${width}, crop ${crop}, ${method}`, async () => {
      const image = picture(height, width);
      const read = await readImage(encode({ ...image, channels: 3 }), { size, crop, method });
      assert.deepEqual([read.height, read.width], [size, size]);
      const differences = [...Buffer.from(data, 'base64')].map((byte, i) =>
        Math.abs(byte - (read.data[i] ?? NaN)),
      );
      assert.equal(differences.length, size * size * 3);
      assert.ok(Math.max(...differences) <= 1, `${Math.max(...differences)}`);
      assert.ok(differences.filter((difference) => difference > 0).length <= 4);

      const x = preprocess(image, { size, crop, method });
      assert.deepEqual(x.shape, [1, size, size, 3]);
      const bytes = Array.from(await x.data(), (value) => Math.round((value + 1) * 127.5));
      assert.deepEqual(bytes, Array.from(read.data));
      x.dispose();
    });
  }

  it('to a rectangle', () => {
    const x = preprocess(picture(40, 50), { size: [10, 20], crop: 0.5 });
    assert.deepEqual(x.shape, [1, 10, 20, 3]);
    x.dispose();
  });

  it('not at all without a size', () => {
    const x = preprocess(picture(4, 5));
    assert.deepEqual(x.shape, [1, 4, 5, 3]);
    x.dispose();
  });

  for (const [options, message] of [
    [{ size: 0 }, /^A size of 0 × 0 pixels is not allowed\. Give whole numbers of at least 1\.$/],
    [{ size: [8, 2.5] }, /^A size of 8 × 2\.5 pixels/],
    [
      { size: 8, crop: 0 },
      /^A crop of 0 is not allowed\. Give a fraction greater than 0, at most 1/,
    ],
    [{ size: 8, crop: 1.5 }, /^A crop of 1\.5/],
    [
      { size: 8, method: 'cubic' as never },
      /^There is no method "cubic"\. Choose one of: bilinear, bicubic, lanczos3\.$/,
    ],
  ] as const) {
    it(`not with ${JSON.stringify(options)}`, () => {
      assert.throws(() => preprocess(picture(4, 4), options), { message });
    });
  }
});
