import type { InceptionResNetOptions } from '../../models/inception-resnet.js';
import { digits, photographs, quickAverages } from './small-training.js';
import type { Arm, Comparison, ComparisonSize } from './study.js';

/** The network of the smaller studies: a quarter of a second a step on two cores, on native. */
export function smallNetwork(options: InceptionResNetOptions = {}): Arm['network'] {
  const all = { stem: 'medium', width: 0.125, blocks: [1, 2, 1], ...options } as object;
  return { name: 'inception-resnet-v1', options: all };
}

const small: ComparisonSize = {
  ...{ seeds: [1], data: 'mnist', train: 320, test: 200 },
  training: { ...digits, epochs: 3 },
};

const large: ComparisonSize = {
  ...{ seeds: [1, 2, 3, 4, 5], data: 'cifar10', train: 50_000, test: 10_000, widen: 4 },
  training: { ...photographs, averageDecay: 0.999, epochs: 60 },
};

/** Few pictures, often seen as they are, so that the network fits them far better than others. */
export const fewPictures: Comparison['sizes'] = {
  small,
  full: {
    ...{ seeds: [1, 2, 3], data: 'cifar10', train: 512, test: 1000 },
    training: { ...quickAverages, augmentation: { flip: false, shift: 0 }, epochs: 16 },
  },
  large,
};

/** More pictures, each seen a few times, and varied: no time to learn them by heart. */
export const manyPictures: Comparison['sizes'] = {
  small,
  full: {
    ...{ seeds: [1, 2, 3], data: 'cifar10', train: 2048, test: 1000 },
    training: { ...photographs, epochs: 4 },
  },
  large,
};
