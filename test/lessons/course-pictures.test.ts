import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { loadCoursePictures, type CoursePicturesName } from 'inception-lab';
import { somePictures, type Split } from '../../dist/training/data/dataset.js';
import { dataFolder } from '../../dist/training/data/load.js';
import { loadData } from '../../dist/training/load-data.js';

const bytesOf = ({ images }: Split) => images as Uint8Array;

describe('The pictures of the course', () => {
  for (const [name, [train, test], first, hash] of [
    // The published sets begin with an ankle boot, in either half; with a frog, and with a cat.
    ['fashion-mnist', [2400, 600], ['ankle boot', 'ankle boot'], '902b6ece3fbcc842'],
    ['cifar10', [50, 400], ['frog', 'cat'], '39eabf6f0c3e6ac6'],
  ] as const) {
    it(`are those of ${name} that were published, with their labels`, async () => {
      const data = await loadCoursePictures(name);
      assert.deepEqual([data.train.count, data.test.count], [train, test]);
      const halves = [data.train, data.test];
      assert.deepEqual(
        halves.map(({ labels }) => data.classes[labels[0]!]),
        first,
      );
      const pixels = createHash('sha256');
      for (const half of halves) pixels.update(bytesOf(half));
      const sha256 = pixels.digest('hex');
      assert.ok(sha256.startsWith(hash), sha256);
      const described = JSON.parse(readFileSync(`pictures/${name}.json`, 'utf8')) as object;
      assert.equal((described as { sha256: string }).sha256, sha256);
    });

    it(`are the first ones of ${name}, where that has been fetched`, async function () {
      if (!existsSync(dataFolder(name))) this.skip();
      const data = await loadCoursePictures(name);
      const whole = await loadData({ name });
      for (const half of ['train', 'test'] as const) {
        const { count } = data[half];
        assert.deepEqual(data[half].labels, somePictures(whole[half], count).labels);
        assert.deepEqual(bytesOf(data[half]), bytesOf(somePictures(whole[half], count)));
      }
    });
  }

  it('take less than 3 MB', () => {
    const sizes = ['fashion-mnist', 'cifar10'].map((name) => statSync(`pictures/${name}.png`).size);
    assert.ok(sizes[0]! + sizes[1]! < 3_000_000, String(sizes));
  });

  it('are there under two names', async () => {
    await assert.rejects(
      loadCoursePictures('mnist' as CoursePicturesName),
      /No pictures "mnist" come with the course\. Choose one of: fashion-mnist, cifar10\./,
    );
  });
});
