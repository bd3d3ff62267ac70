import { fewPictures, smallNetwork } from './few-pictures.js';
import { runsOf, type Arm } from './grid.js';
import type { Study } from './study.js';

const arms = {
  '1×n and n×1': { network: smallNetwork() },
  'n×n': { network: smallNetwork({ factorized: false }) },
} satisfies Record<string, Arm>;

/** Are two long convolutions as good as a square one that sees as much, and costs more? */
export const factorized: Study = {
  name: 'factorized',
  question: 'Are 1×n and n×1 in turn as good as n×n, which sees as much and costs more?',
  source: 'Szegedy et al. (2015, arXiv 1512.00567), Section 3.2',
  arms: Object.keys(arms),
  runs: runsOf({ study: 'factorized', arms, sizes: fewPictures }),
  picture: { quantity: 'top-1 error', of: 'top1' },
  claims: [
    {
      measure: 'errors',
      better: '1×n and n×1',
      worse: 'n×n',
      sentence: 'With 1×n and n×1 in place of n×n, the network errs less.',
    },
  ],
};
