import assert from 'node:assert/strict';
import {
  crops,
  preprocess,
  tf,
  type CropCount,
  type CropsOptions,
  type Image,
} from 'inception-lab';
import { useTestBackend } from '../support/backend.js';

/** Every pixel says where it is: `[x, y, 0]`. */
function coordinates(height: number, width: number): Image {
  const data = new Uint8Array(height * width * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([x, y, 0], (y * width + x) * 3);
  }
  return { height, width, data };
}

type Pixel = readonly [x: number, y: number];

/** The first and the last pixel of every crop: where they lie in the picture. */
async function cornersOf(image: Image, options: CropsOptions): Promise<[Pixel, Pixel][]> {
  const batch = crops(image, options);
  const [count, size] = batch.shape;
  const values = await batch.data();
  batch.dispose();
  const pixel = (crop: number, place: number): Pixel => {
    const start = (crop * size * size + place) * 3;
    const byte = (channel: number) => Math.round(((values[start + channel] ?? NaN) + 1) * 127.5);
    return [byte(0), byte(1)];
  };
  return Array.from({ length: count }, (_, i) => [pixel(i, 0), pixel(i, size * size - 1)]);
}

describe('crops', () => {
  before(useTestBackend);

  for (const count of [1, 10, 12, 144] as const) {
    it(`makes ${count} of the size`, () => {
      const batch = crops(coordinates(50, 40), { count, size: 14 });
      assert.deepEqual(batch.shape, [count, 14, 14, 3]);
      batch.dispose();
    });
  }

  for (const count of [10, 12, 144] as const) {
    it(`mirrors the first half of ${count} in the second`, async () => {
      const before = tf.memory().numTensors;
      const batch = crops(coordinates(50, 40), { count, size: 14 });
      assert.equal(tf.memory().numTensors, before + 1);
      const differences = tf.tidy(() => {
        const [upright, mirrored] = tf.split(batch, 2);
        return [
          tf.reverse(upright!, 2).sub(mirrored!).abs().max(),
          upright!.sub(mirrored!).abs().max([1, 2, 3]).min(),
        ];
      });
      const [same, other] = await Promise.all(differences.map((tensor) => tensor.data()));
      assert.equal(same?.[0], 0);
      assert.ok((other?.[0] ?? 0) > 0.05, 'no crop is its own mirror image');
      tf.dispose([batch, ...differences]);
    });
  }

  // A crop of 56 is a quarter of 224, and so the picture's shorter side 64: a quarter of 256.
  it('cuts the corners and the centre out of the central square', async () => {
    const corners = await cornersOf(coordinates(64, 80), { count: 10, size: 56 });
    const expected = [
      [8, 0],
      [16, 0],
      [8, 8],
      [16, 8],
      [12, 4],
    ].map(([x = 0, y = 0]) => [
      [x, y],
      [x + 55, y + 55],
    ]);
    assert.deepEqual(corners.slice(0, 5), expected);
  });

  it('squeezes the whole picture into the eleventh and twelfth', async () => {
    const twelve = await cornersOf(coordinates(64, 80), { count: 12, size: 56 });
    const ten = await cornersOf(coordinates(64, 80), { count: 10, size: 56 });
    assert.deepEqual(twelve.slice(0, 5), ten.slice(0, 5));
    assert.deepEqual(twelve[5], [
      [0, 0],
      [79, 63],
    ]);
    assert.deepEqual(twelve[11], [
      [79, 0],
      [0, 63],
    ]);
  });

  for (const [title, image, lefts, tops] of [
    ['left, centre and right', coordinates(64, 80), [0, 8, 16], [0, 0, 0]],
    ['top, centre and bottom', coordinates(80, 64), [0, 0, 0], [0, 8, 16]],
  ] as const) {
    it(`takes three squares of a scale: ${title}`, async () => {
      const corners = await cornersOf(image, { count: 144, size: 56 });
      for (const square of [0, 1, 2]) {
        const [left, top] = [lefts[square] ?? NaN, tops[square] ?? NaN];
        const upperLeft = corners.slice(square * 6, square * 6 + 6).map(([first]) => first);
        const places = [
          [left, top],
          [left + 8, top],
          [left, top + 8],
          [left + 8, top + 8],
          [left + 4, top + 4],
          [left, top],
        ];
        assert.deepEqual(upperLeft, places);
        const [, lastOfSquare] = corners[square * 6 + 5]!;
        assert.deepEqual(lastOfSquare, [left + 63, top + 63]);
      }
    });
  }

  it('takes four scales, the shorter side from 8 to 11 sevenths of the crop', async () => {
    const corners = await cornersOf(coordinates(64, 80), { count: 144, size: 56 });
    // How much of the picture's 64 rows a crop of 56 pixels sees at 64, 72, 80 and 88.
    const seen = [0, 18, 36, 54].map((crop) => corners[crop]![1][1]);
    for (const [i, scaled] of [64, 72, 80, 88].entries()) {
      assert.ok(Math.abs(seen[i]! - (55.5 * (64 / scaled) - 0.5)) <= 1, String(seen));
    }
  });

  it('takes the same centre as preprocess, when it is one', async () => {
    const image = coordinates(100, 130);
    const [one, other] = [
      crops(image, { count: 1 }),
      preprocess(image, { size: 299, crop: 0.875 }),
    ];
    assert.deepEqual(await one.data(), await other.data());
    tf.dispose([one, other]);
  });

  it('says which counts and sizes there are', () => {
    const image = coordinates(4, 4);
    assert.throws(() => crops(image, { count: 5 as CropCount }), {
      message: 'There are no 5 crops of a picture. Choose one of: 1, 10, 12, 144.',
    });
    assert.throws(() => crops(image, { count: 10, size: -1 }), /A size of -1 × -1 pixels/);
  });
});
