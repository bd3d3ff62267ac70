import assert from 'node:assert/strict';
import { join } from 'node:path';
import sharp from 'sharp';
import { makePictures } from '../../../dist/training/data/pictures.js';
import { inThreads } from '../../../dist/platform/node/threads.js';
import { regionOf, vary } from '../../../dist/training/data/variation.js';
import { randomNumbers } from '../../../dist/training/random.js';
import { crops, type CropCount } from 'inception-lab';
import { useTestBackend } from '../../support/backend.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A picture whose colours change slowly, so that scaling in two ways gives about the same. */
function waves(height: number, width: number): Uint8Array {
  return Uint8Array.from({ length: height * width * 3 }, (_, i) => {
    const [c, x, y] = [i % 3, Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return 128 + 100 * Math.sin(x / (7 + c)) * Math.cos(y / (9 - c));
  });
}

describe('Pictures for a network', () => {
  before(useTestBackend);
  const [height, width] = [48, 60];
  const data = waves(height, width);
  let file: string;
  before(async () => {
    file = join(temporaryFolder(), 'waves.png');
    await sharp(data, { raw: { width, height, channels: 3 } }).toFile(file);
  });

  for (const count of [1, 10, 12, 144] as CropCount[]) {
    it(`are of a file the ${count} crops that "crops" takes`, async () => {
      const size = { height: 24, width: 24, channels: 3 };
      const made = await makePictures({ images: [file, file], size, views: count });
      const expected = await crops({ width, height, data }, { count, size: 24 }).data();
      assert.equal(made.length, 2 * expected.length);
      for (const part of [made.subarray(0, expected.length), made.subarray(expected.length)]) {
        const most = part.reduce(
          (max, value, i) => Math.max(max, Math.abs(value - expected[i]!)),
          0,
        );
        assert.ok(most < 1e-6, `${most}`);
      }
    });
  }

  it('of grey pictures in memory have one channel, cropped as coloured ones', async () => {
    const images = data.filter((_, i) => i % 3 === 0).slice(0, 28 * 28);
    const grey = { height: 28, width: 28, channels: 1 };
    const made = await makePictures({ images, size: grey, views: 10 });
    const coloured = Uint8Array.from(
      { length: 3 * images.length },
      (_, i) => images[Math.floor(i / 3)]!,
    );
    const image = { width: 28, height: 28, data: coloured };
    const expected = (await crops(image, { count: 10, size: 28 }).data()).filter(
      (_, i) => i % 3 === 0,
    );
    assert.ok(made.every((value, i) => Math.abs(value - expected[i]!) < 1e-6));
  });

  it('are cropped alike from a file and from memory, but for the way of scaling', async () => {
    const crop = { area: 0.3, aspect: 1.2, top: 0.9, left: 0.1 };
    const views = [{ isFlipped: true, down: 0, right: 0, crop }];
    const size = { height, width, channels: 3 };
    const memory = await makePictures({ images: data, size, views });
    const fromFile = await makePictures({ images: [file], size, views });
    const mean =
      memory.reduce((sum, value, i) => sum + Math.abs(value - fromFile[i]!), 0) / memory.length;
    assert.ok(mean < 0.02, `${mean}`);
    const other = [{ ...views[0]!, crop: { ...crop, top: 0.1 } }];
    const elsewhere = await makePictures({ images: data, size, views: other });
    const far =
      memory.reduce((sum, value, i) => sum + Math.abs(value - elsewhere[i]!), 0) / memory.length;
    assert.ok(far > 0.2, `${far}`);
  });

  it('that the camera held upright are cropped upright', async () => {
    const turned = join(temporaryFolder(), 'turned.png');
    // Stored on its side, with the note that it is.
    await sharp(data, { raw: { width, height, channels: 3 } })
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .toFile(turned);
    const crop = { area: 0.5, aspect: 1.3, top: 0.7, left: 0.2 };
    const views = [{ isFlipped: false, down: 0, right: 0, crop }];
    const size = { height: 32, width: 32, channels: 3 };
    const [upright, made] = [
      await makePictures({ images: [file], size, views }),
      await makePictures({ images: [turned], size, views }),
    ];
    assert.ok(made.every((value, i) => Math.abs(value - upright[i]!) < 0.03));
  });

  it('come from threads in the order of the jobs, and a failure where its turn is', async () => {
    const size = { height: 1, width: 1, channels: 1 };
    const jobs = Array.from({ length: 30 }, (_, i) => ({
      images: i === 20 ? ['/none.png'] : Uint8Array.of(i),
      size,
      views: 1 as const,
    }));
    const bytes: number[] = [];
    const work = { module: 'training/data/pictures.js', name: 'makePictures', run: makePictures };
    const made = async () => {
      for await (const pictures of inThreads(work, jobs))
        bytes.push(Math.round((pictures[0]! + 1) * 127.5));
    };
    await assert.rejects(made(), { message: /^Cannot read "\/none\.png" as a picture/ });
    assert.deepEqual(
      bytes,
      Array.from({ length: 20 }, (_, i) => i),
    );
  });
});

describe('A random crop', () => {
  const random = randomNumbers('crops');
  const augmentation = { flip: false, shift: 0, smallestCrop: 0.08 };
  const size = { height: 375, width: 500 };
  const regions = Array.from({ length: 2000 }, () =>
    regionOf(vary(augmentation, random).crop!, size),
  );

  it('lies within the picture, and has of its area 8 to 100 percent', () => {
    for (const { top, left, height, width } of regions) {
      assert.ok(top >= 0 && left >= 0 && top + height <= 375 && left + width <= 500);
      assert.ok((height * width) / (375 * 500) > 0.078);
    }
    const shares = regions.map(({ height, width }) => (height * width) / (375 * 500));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    // Uniform in the area: a mean of 0.54, a little less where a side is cut.
    assert.ok(mean > 0.48 && mean < 0.56, `${mean}`);
  });

  it('has proportions of 3 to 4 up to 4 to 3, as often wide as high', () => {
    const aspects = regions
      .filter(({ height, width }) => height < 375 && width < 500)
      .map(({ height, width }) => width / height);
    assert.ok(aspects.every((aspect) => aspect > 0.73 && aspect < 1.37));
    const small = regions.filter(({ height, width }) => height * width < 0.3 * 375 * 500);
    const wide = small.filter(({ height, width }) => width > height).length / small.length;
    assert.ok(wide > 0.43 && wide < 0.57, `${wide}`);
  });
});
