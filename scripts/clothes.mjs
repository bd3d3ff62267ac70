// Makes src/lessons/clothes.png: the first two pictures of each class of Fashion-MNIST's test set,
// class by class from left to right. The set is fetched before:
//   node dist/cli/main.js data fashion-mnist && node scripts/clothes.mjs
import sharp from 'sharp';
import { dataset } from '../dist/training/data/load.js';

const { test, classes, height, width } = await dataset('fashion-mnist');
const strip = new Uint8Array(2 * height * classes.length * width);
for (const label of classes.keys()) {
  const ofClass = [...test.labels.keys()].filter((i) => test.labels[i] === label).slice(0, 2);
  for (const [row, picture] of ofClass.entries()) {
    for (let y = 0; y < height; y++) {
      const from = (picture * height + y) * width;
      const to = ((row * height + y) * classes.length + label) * width;
      strip.set(test.images.subarray(from, from + width), to);
    }
  }
}
const raw = { width: classes.length * width, height: 2 * height, channels: 1 };
await sharp(strip, { raw }).png({ compressionLevel: 9 }).toFile('src/lessons/clothes.png');
