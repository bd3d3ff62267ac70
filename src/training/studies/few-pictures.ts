import type { InceptionResNetOptions } from '../../models/inception-resnet.js';
import type { Arm, Grid } from './grid.js';
import { clothes, digits } from './small-training.js';

/** The network of the smaller studies: 7 seconds for 2000 pictures on two cores, on native. */
export function smallNetwork(options: InceptionResNetOptions = {}): Arm['network'] {
  const all = { width: 0.125, blocks: [1, 2, 1], ...options } as object;
  return { name: 'inception-resnet-v1', options: all };
}

/** Few pictures, often seen: what keeps a network from learning them by heart shows itself. */
export const fewPictures: Grid['sizes'] = {
  small: { seeds: [1], data: 'mnist', train: 500, test: 500, training: { ...digits, epochs: 4 } },
  full: {
    ...{ seeds: [1, 2, 3], data: 'fashion-mnist', train: 2000, test: 2000 },
    training: { ...clothes, epochs: 10 },
  },
};
