import type { Dataset, Split } from 'inception-lab';
import { randomNumbers } from '../../dist/training/random.js';

/** Grey pictures of 8 × 8 pixels that are bright on the left or on the right, with some noise. */
export function toyData(train: number, test: number): Dataset {
  return {
    name: 'left or right',
    classes: ['left', 'right'],
    ...{ height: 8, width: 8, channels: 1 },
    train: split(train, 'train'),
    test: split(test, 'test'),
  };
}

function split(count: number, seed: string): Split {
  const random = randomNumbers('toy', seed);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 2);
  const images = Uint8Array.from({ length: count * 64 }, (_, i) => {
    const isRight = i % 8 >= 4;
    const isBright = isRight === (labels[Math.floor(i / 64)] === 1);
    return Math.floor((isBright ? 140 : 60) + random() * 60);
  });
  return { images, labels, count };
}
