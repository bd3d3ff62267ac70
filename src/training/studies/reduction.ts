import { manyPictures, smallNetwork } from './small-networks.js';
import type { Study } from './study.js';

const [v1, v2, v4] = [
  '192, 192, 256, 384 (Inception-ResNet-v1)',
  '256, 256, 384, 384 (Inception-ResNet-v2)',
  '192, 224, 256, 384 (Inception-v4)',
] as const;

/** Do the filters of Reduction-A matter? */
export const reduction: Study = {
  name: 'reduction',
  question: 'Does it matter how many filters Reduction-A has: k, l, m and n?',
  source: 'Szegedy et al. (2016), Table 1',
  differs:
    'CIFAR-10 at 32 pixels in place of ImageNet at 299; a network of an eighth of the width with four blocks; 256 steps. The paper gives the numbers, but does not say what they are worth.',
  comparisons: [
    {
      name: 'filters',
      title: 'k, l, m, n of Reduction-A in one network',
      arms: {
        [v1]: { network: smallNetwork({ reductionA: { k: 192, l: 192, m: 256, n: 384 } }) },
        [v4]: { network: smallNetwork({ reductionA: { k: 192, l: 224, m: 256, n: 384 } }) },
        [v2]: { network: smallNetwork({ reductionA: { k: 256, l: 256, m: 384, n: 384 } }) },
      },
      sizes: manyPictures,
      claims: [
        {
          sentence:
            'The largest numbers of filters in Table 1 are worth their cost: the network errs less.',
          ...{ source: 'ours, after Table 1', measure: 'errors', better: v2, worse: v1 },
        },
      ],
    },
  ],
};
