import { manyPictures, smallNetwork } from './small-networks.js';
import type { Study } from './study.js';

const [two, one] = ['1×n and n×1', 'n×n'] as const;

/** Are two long convolutions as good as a square one that sees as much, and costs more? */
export const factorized: Study = {
  name: 'factorized',
  question:
    'Are 1×n and n×1, one after the other, as good as n×n, which sees as much and costs more?',
  source: 'Szegedy et al. (2015, arXiv 1512.00567), Section 3.2',
  differs:
    'CIFAR-10 at 32 pixels in place of ImageNet at 299; a network of an eighth of the width with four blocks; 256 steps.',
  comparisons: [
    {
      name: 'kernels',
      title: 'Kernels of the B and C blocks',
      arms: {
        [two]: { network: smallNetwork() },
        [one]: { network: smallNetwork({ factorized: false }) },
      },
      sizes: manyPictures,
      claims: [
        {
          sentence:
            'With 1×n and n×1 in place of n×n, the network’s error is no greater, and it needs fewer products.',
          ...{
            source: 'Rethinking Inception, Section 3.2',
            measure: 'errors',
            better: two,
            worse: one,
            margin: 0.02,
          },
        },
      ],
    },
  ],
};
