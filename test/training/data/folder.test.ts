import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { countClasses } from '../../../dist/training/data/dataset.js';
import { evaluationBatches, trainingBatches } from '../../../dist/training/data/batches.js';
import { dataset, type Dataset } from 'inception-lab';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** A picture of one colour. */
function plain(colour: string, width = 20, height = 20): Sharp {
  return sharp({ create: { width, height, channels: 3, background: colour } });
}

async function write(path: string, picture: Sharp): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  await picture.toFile(path);
}

/** Red and blue pictures; `classes` says how many there are. */
async function pictures(
  folder: string,
  classes: Readonly<Record<string, number>>,
): Promise<string> {
  for (const [name, count] of Object.entries(classes)) {
    for (let i = 0; i < count; i++) await write(join(folder, name, `${i}.png`), plain(name));
  }
  return folder;
}

/** Colours of the first pixels of pictures to test with, from 0 to 255, with their labels. */
async function seen(data: Dataset): Promise<{ rgb: number[]; label: number }[]> {
  const all = [];
  for await (const { images, labels } of evaluationBatches(data.test, data, { batchSize: 2 })) {
    const length = data.height * data.width * 3;
    for (const [i, label] of labels.entries()) {
      const rgb = images.slice(i * length, i * length + 3);
      all.push({ rgb: Array.from(rgb, (value) => Math.round((value + 1) * 127.5)), label });
    }
  }
  return all;
}

describe('A folder of pictures', () => {
  it('with train and val gives the pictures of each, the class that their folder names', async () => {
    const folder = temporaryFolder();
    await pictures(join(folder, 'train'), { red: 4, blue: 6 });
    await pictures(join(folder, 'val'), { red: 2, blue: 3 });
    const data = await dataset(folder, { size: 8 });
    assert.deepEqual(data.classes, ['blue', 'red']);
    assert.deepEqual([data.height, data.width, data.channels], [8, 8, 3]);
    assert.deepEqual(countClasses(data.train, 2), [6, 4]);
    assert.deepEqual(countClasses(data.test, 2), [3, 2]);
    for (const { rgb, label } of await seen(data)) {
      assert.deepEqual(rgb, label === 0 ? [0, 0, 255] : [255, 0, 0]);
    }
  });

  it('with classes alone keeps a tenth of each to test with, the same every time', async () => {
    const folder = await pictures(temporaryFolder(), { red: 30, blue: 20 });
    const data = await dataset(folder, { size: 8 });
    assert.deepEqual(
      [countClasses(data.train, 2), countClasses(data.test, 2)],
      [
        [18, 27],
        [2, 3],
      ],
    );
    for (const same of [
      folder,
      `${folder}/`,
      relative('.', folder),
      `./${relative('.', folder)}`,
    ]) {
      assert.deepEqual(await dataset(same, { size: 8 }), data);
    }
    const both = new Set([...data.train.images, ...data.test.images]);
    assert.equal(both.size, 50);
    // Not one class after the other.
    const labels = data.train.labels.slice(0, 15);
    assert.ok(labels.includes(0) && labels.includes(1), labels.join());
  });

  it("of Tiny ImageNet's kind has the classes of its pictures to test with from a text", async () => {
    const folder = temporaryFolder();
    for (const name of ['red', 'blue']) {
      for (let i = 0; i < 3; i++)
        await write(join(folder, 'train', name, 'images', `${i}.JPEG`), plain(name).jpeg());
      await write(join(folder, 'val/images', `${name}.JPEG`), plain(name).jpeg());
    }
    const text = 'red.JPEG\tred\t0\t0\t62\t57\nblue.JPEG\tblue\t3\t3\t4\t4\n';
    writeFileSync(join(folder, 'val/val_annotations.txt'), text);
    const data = await dataset(folder, { size: 8 });
    assert.deepEqual(countClasses(data.train, 2), [3, 3]);
    for (const { rgb, label } of await seen(data)) {
      const strongest = rgb.indexOf(Math.max(...rgb));
      assert.equal(strongest, label === 0 ? 2 : 0);
    }
  });

  it('has pictures of any size and mode: grey, transparent, CMYK, 16 bits, animated, turned', async () => {
    const folder = temporaryFolder();
    await pictures(join(folder, 'train'), { red: 1, blue: 1 });
    await pictures(join(folder, 'val'), { red: 1 });
    const own = join(folder, 'val/blue');
    await write(join(own, 'wide.png'), plain('blue', 90, 7));
    await write(join(own, 'high.webp'), plain('blue', 7, 90).webp({ lossless: true }));
    await write(join(own, 'one.png'), plain('blue', 1, 1));
    await write(join(own, 'cmyk.jpg'), plain('blue').toColourspace('cmyk').jpeg());
    await write(join(own, 'grey.png'), plain('#404040').toColourspace('b-w'));
    await write(join(own, 'clear.png'), plain('blue').ensureAlpha(127 / 255));
    await write(join(own, 'deep.png'), plain('blue').toColourspace('rgb16'));
    await write(join(own, 'turned.jpg'), plain('blue', 30, 10).withMetadata({ orientation: 6 }));
    const raw = Buffer.concat(
      [
        [0, 0, 255],
        [255, 0, 0],
      ].map((rgb) => Buffer.from(Array(64).fill(rgb).flat())),
    );
    const frames = sharp(raw, { raw: { width: 8, height: 16, channels: 3, pageHeight: 8 } });
    await write(join(own, 'animated.gif'), frames.gif());
    assert.equal((await sharp(join(own, 'animated.gif')).metadata()).pages, 2);
    const data = await dataset(folder, { size: 8 });
    const colours = new Map<string, number[]>();
    const files = data.test.images as readonly string[];
    for (const [i, { rgb }] of (await seen(data)).entries()) {
      colours.set(files[i]!.split('/').at(-1)!, rgb);
    }
    for (const name of ['wide.png', 'high.webp', 'one.png', 'deep.png', 'animated.gif']) {
      assert.deepEqual(colours.get(name), [0, 0, 255], name);
    }
    assert.deepEqual(colours.get('grey.png'), [64, 64, 64]);
    assert.deepEqual(colours.get('clear.png'), [128, 128, 255]);
    for (const name of ['turned.jpg', 'cmyk.jpg']) {
      const [r, g, b] = colours.get(name) as [number, number, number];
      assert.ok(b > 130 && b > 1.8 * r && b > 1.8 * g, `${name}: ${r}, ${g}, ${b}`);
    }
  });

  it('is varied by random crops, the same ones every time', async () => {
    const folder = await pictures(temporaryFolder(), { red: 20, blue: 20 });
    const data = await dataset(folder, { size: 8 });
    const epoch = async (number: number) => {
      const augmentation = { flip: true, shift: 0, smallestCrop: 0.08 };
      const options = { batchSize: 12, seed: 1, epoch: number, augmentation };
      const batches = [];
      for await (const batch of trainingBatches(data.train, data, options)) batches.push(batch);
      return batches;
    };
    const first = await epoch(0);
    assert.deepEqual(
      first.map(({ count }) => count),
      [12, 12, 12],
    );
    assert.deepEqual(await epoch(0), first);
    assert.notDeepEqual(await epoch(1), first);
  });

  describe('that is not as it should be is refused:', () => {
    const folder = temporaryFolder();
    beforeEach(async () => {
      await pictures(join(folder, 'train'), { red: 1, blue: 1 });
      await pictures(join(folder, 'val'), { red: 1, blue: 1 });
    });
    afterEach(() => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    });

    it('a class without pictures', async () => {
      rmSync(join(folder, 'train/red/0.png'));
      writeFileSync(join(folder, 'train/red/notes.txt'), 'none yet');
      await assert.rejects(dataset(folder), {
        message:
          /^The folder .+train.red has no picture\. Put pictures of "red" there, or remove it\. Supported extensions: \.jpg, /,
      });
    });

    it('a class that is not in val', async () => {
      rmSync(join(folder, 'val/red'), { recursive: true });
      await assert.rejects(dataset(folder), {
        message: /^There is no folder .+val.red for the class "red"\.$/,
      });
    });

    it('no folder to test with', async () => {
      rmSync(join(folder, 'val'), { recursive: true });
      await assert.rejects(dataset(folder), {
        message: /has a folder "train", but none to test with\. Name it one of: val, validation/,
      });
    });

    it('a single class, no folder at all, and no whole size', async () => {
      await assert.rejects(dataset(join(folder, 'train/red')), {
        message: /red has 0 folders, but needs one per class, and at least two\.$/,
      });
      await assert.rejects(dataset(join(folder, 'none')), {
        message:
          /^There is no data set ".+none", and no folder of that path\. Choose one of: cifar10/,
      });
      await assert.rejects(dataset(folder, { size: 0 }), { message: /^A size of 0 × 0 pixels/ });
    });

    it('a file that is cut short, when its turn comes, by its name; and others go on', async () => {
      const path = join(folder, 'val/blue/0.png');
      const noise = Buffer.from(Uint8Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * i) % 251));
      await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } }).toFile(path);
      truncateSync(path, Math.floor(readFileSync(path).length / 2));
      const data = await dataset(folder, { size: 8 });
      await assert.rejects(seen(data), { message: /^Cannot read ".+blue.0\.png" as a picture/ });
      await write(path, plain('blue'));
      assert.equal((await seen(data)).length, 2);
    });
  });
});
