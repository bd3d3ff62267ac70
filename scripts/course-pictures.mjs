// Makes the sets of pictures that come with the course, pictures/NAME.png and NAME.json: the first
// pictures of a published set to train with, then the first of those to test with, each a row of the
// PNG. The sets are fetched before:
//   node dist/cli/main.js data fashion-mnist && node dist/cli/main.js data cifar10
//   node scripts/course-pictures.mjs
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { loadData } from '../dist/training/load-data.js';

for (const [name, train, test] of [
  ['fashion-mnist', 2400, 600],
  ['cifar10', 50, 400],
]) {
  const data = await loadData({ name, train, test });
  const pixels = Buffer.concat([data.train.images, data.test.images]);
  const { channels } = data;
  const raw = { width: data.height * data.width, height: train + test, channels };
  await sharp(pixels, { raw })
    // Filters make what is mostly black larger.
    .png({ compressionLevel: 9, adaptiveFiltering: channels === 3 })
    .toFile(`pictures/${name}.png`);
  const labels = [...data.train.labels, ...data.test.labels].join('');
  const sha256 = createHash('sha256').update(pixels).digest('hex');
  const text = JSON.stringify({ train, test, labels, sha256 }, null, 2);
  writeFileSync(`pictures/${name}.json`, `${text}\n`);
}
