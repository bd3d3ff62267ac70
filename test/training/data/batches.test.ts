import assert from 'node:assert/strict';
import {
  evaluationBatches,
  trainingBatches,
  type Batch,
} from '../../../dist/training/data/batches.js';
import { shrink } from '../../../dist/training/data/dataset.js';
import { describeData } from '../../../dist/training/load-data.js';
import { decodeIdx } from '../../../dist/training/data/idx.js';
import { toyData } from '../../support/toy-data.js';

const data = toyData(50, 7);
const still = { flip: false, shift: 0 };

function epoch(number: number, augmentation = still, seed = 1): Promise<Batch[]> {
  const options = { batchSize: 8, seed, epoch: number, augmentation };
  return collect(trainingBatches(data.train, data, options));
}

async function collect(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

async function evaluate(batchSize: number): Promise<[Batch, ...Batch[]]> {
  const batches = await collect(evaluationBatches(data.test, data, { batchSize }));
  return batches as [Batch, ...Batch[]];
}

/** Each picture's first pixels, which tell it from the others. */
function keys(batches: readonly Batch[]): string[] {
  return batches.flatMap(({ images, count }) =>
    Array.from({ length: count }, (_, i) => images.slice(i * 64, i * 64 + 16).join()),
  );
}

describe('Batches', () => {
  it('for training have each picture at most once, and are whole', async () => {
    const batches = await epoch(0);
    assert.equal(batches.length, 6);
    assert.equal(new Set(keys(batches)).size, 48);
  });

  it('are the same for the same seed and epoch, and others for another', async () => {
    const varied = { flip: true, shift: 2 };
    assert.deepEqual(await epoch(3, varied), await epoch(3, varied));
    assert.notDeepEqual(keys(await epoch(3)), keys(await epoch(4)));
    assert.notDeepEqual(keys(await epoch(3)), keys(await epoch(3, still, 2)));
  });

  it('have pixels from −1 to 1, as the bytes say, and keep the labels beside their pictures', async () => {
    for (const { images, labels, count } of await epoch(0)) {
      for (let i = 0; i < count; i++) {
        const left = images[i * 64]!;
        assert.equal(left > 0, labels[i] === 0);
      }
    }
    const [{ images }] = await evaluate(7);
    const expected = Array.from(data.test.images as Uint8Array, (byte) =>
      Math.fround(byte / 127.5 - 1),
    );
    assert.deepEqual(Array.from(images), expected);
  });

  it('mirror about half of the pictures, and move them, with grey from outside', async () => {
    const original = new Set(keys(await epoch(0)));
    const varied = await epoch(0, { flip: true, shift: 0 });
    const mirrored = keys(varied).filter((key) => !original.has(key));
    assert.ok(mirrored.length > 12 && mirrored.length < 36, `${mirrored.length} of 48`);
    const moved = (await epoch(0, { flip: false, shift: 3 })).flatMap(({ images, count }) =>
      Array.from({ length: count }, (_, i) => images.subarray(i * 64, (i + 1) * 64)),
    );
    const greyRows = moved.map((picture) => picture.slice(0, 8).every((pixel) => pixel === 0));
    const share = greyRows.filter(Boolean).length / moved.length;
    // Three of seven offsets move a picture down.
    assert.ok(share > 0.2 && share < 0.7, `${share}`);
  });

  it('for evaluation have all pictures in their order, the last batch what is left', async () => {
    const batches = await evaluate(3);
    assert.deepEqual(
      batches.map(({ count }) => count),
      [3, 3, 1],
    );
    assert.deepEqual(
      batches.flatMap(({ labels }) => [...labels]),
      [...data.test.labels],
    );
  });
});

describe('The threads that make batches', () => {
  it('are sent the pictures of a batch, and not the whole set', async () => {
    // A set that cannot be sent.
    const whole = { ...data, train: { ...data.train, unsendable: () => undefined } };
    const options = { batchSize: 8, seed: 1, epoch: 0, augmentation: still };
    const batches = await collect(trainingBatches(whole.train, whole, options));
    assert.equal(batches.length, 6);
  });
});

describe('Pictures that are shrunk', () => {
  it('are means over squares of pixels, picture by picture and channel by channel', () => {
    const pictures = Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => (i * 37) % 256);
    const split = { images: Uint8Array.from(pictures), labels: Uint8Array.from([0, 1]), count: 2 };
    const whole = { ...data, height: 4, width: 4, channels: 3, train: split, test: split };
    const { height, width, train } = shrink(whole, 2);
    assert.deepEqual([height, width, train.images.length], [2, 2, 2 * 2 * 2 * 3]);
    const at = (picture: number, y: number, x: number, c: number) =>
      pictures[((picture * 4 + y) * 4 + x) * 3 + c]!;
    for (const [i, value] of train.images.entries()) {
      const [c, x, y, picture] = [i % 3, (i / 3) & 1, (i / 6) & 1, Math.floor(i / 12)];
      const square = [0, 1].flatMap((dy) =>
        [0, 1].map((dx) => at(picture, 2 * y + dy, 2 * x + dx, c)),
      );
      assert.equal(value, Math.round(square.reduce((sum, pixel) => sum + pixel, 0) / 4));
    }
    for (const factor of [3, 0.5, 8]) {
      const message = new RegExp(`^Pictures of 4 × 4 cannot be shrunk by ${factor}`);
      assert.throws(() => shrink(whole, factor), { message });
    }
  });

  it('are refused by what only describes them too, before a network is built for them', async () => {
    const { height, width } = await describeData({ name: 'mnist', shrink: 2 });
    assert.deepEqual([height, width], [14, 14]);
    await assert.rejects(describeData({ name: 'mnist', shrink: 3 }), {
      message: /^Pictures of 28 × 28 cannot be shrunk by 3/,
    });
  });
});

describe("A file of MNIST's format", () => {
  const bytes = Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 10, 20, 30, 40]);

  it('is read with its shape', () => {
    const { shape, data } = decodeIdx('images', { images: bytes });
    assert.deepEqual(
      [shape, [...data]],
      [
        [1, 2, 2],
        [10, 20, 30, 40],
      ],
    );
  });

  for (const [problem, file, message] of [
    ['is cut short', bytes.subarray(0, -1), /^images is cut short: it has 19 bytes\.$/],
    ['is of another format', Buffer.from('\x89PNG\r\n'), /^images is not a file of MNIST's format/],
    ['is empty', Buffer.alloc(0), /^images is not a file of MNIST's format/],
  ] as const) {
    it(`that ${problem} is refused`, () => {
      assert.throws(() => decodeIdx('images', { images: file }), { message });
    });
  }
});
