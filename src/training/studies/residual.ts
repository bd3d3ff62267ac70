import type { InceptionResNetOptions } from '../../models/inception-resnet.js';
import { runsOf, type Arm } from './grid.js';
import { clothes, digits } from './small-training.js';
import type { Study } from './study.js';

/** Two of each block: 147,000 parameters, 25 million multiply-adds a picture of 28 × 28. */
const blocks: InceptionResNetOptions = { width: 0.1, blocks: [2, 2, 2] };

const arms = {
  'with shortcuts': { network: { name: 'inception-resnet-v2', options: blocks } },
  'without shortcuts': {
    network: { name: 'inception-resnet-v2', options: { ...blocks, residual: false } as object },
  },
  // 1 percent more parameters than the first, and as many multiply-adds.
  'plain Inception': {
    network: { name: 'inception-v4', options: { width: 0.095, blocks: [1, 2, 1] } as object },
  },
} satisfies Record<string, Arm>;

/** Do shortcuts make an Inception network train faster? */
export const residual: Study = {
  name: 'residual',
  question: 'Does an Inception network with shortcuts learn faster than one without?',
  source: 'Szegedy et al. (2016), Section 5 and Figures 21 to 26',
  arms: Object.keys(arms),
  runs: runsOf({
    study: 'residual',
    arms,
    sizes: {
      small: { seeds: [1, 2], data: 'mnist', train: 1000, test: 500, training: { ...digits, epochs: 3 } },
      full: {
        ...{ seeds: [1, 2, 3], data: 'fashion-mnist', train: 4000, test: 2000 },
        training: { ...clothes, epochs: 4 },
      },
    },
  }),
  picture: { quantity: 'top-1 error', of: 'top1' },
  claims: [
    {
      measure: 'errors',
      better: 'with shortcuts',
      worse: 'without shortcuts',
      sentence: 'With shortcuts, the network learns faster than the same blocks without.',
    },
    {
      measure: 'errors',
      better: 'with shortcuts',
      worse: 'plain Inception',
      sentence: 'With shortcuts, the network learns faster than a plain Inception of equal cost.',
    },
  ],
};
