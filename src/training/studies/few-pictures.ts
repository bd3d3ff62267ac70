import type { InceptionResNetOptions } from '../../models/inception-resnet.js';
import { digits, photographs } from './small-training.js';
import type { Arm, Comparison } from './study.js';

/** The network of the smaller studies. */
export function smallNetwork(options: InceptionResNetOptions = {}): Arm['network'] {
  const all = { stem: 'medium', width: 0.125, blocks: [1, 2, 1], ...options } as object;
  return { name: 'inception-resnet-v1', options: all };
}

/** Few pictures, often seen: what keeps a network from learning them by heart shows itself. */
export const fewPictures: Comparison['sizes'] = {
  small: {
    ...{ seeds: [1], data: 'mnist', train: 320, test: 200, shrink: 2 },
    training: { ...digits, epochs: 3 },
  },
  full: {
    ...{ seeds: [1, 2, 3], data: 'cifar10', train: 1000, test: 1000 },
    training: { ...photographs, epochs: 30 },
  },
  large: {
    ...{ seeds: [1, 2, 3, 4, 5], data: 'cifar10', train: 50_000, test: 10_000, widen: 4 },
    training: { ...photographs, averageDecay: 0.999, epochs: 60 },
  },
};
