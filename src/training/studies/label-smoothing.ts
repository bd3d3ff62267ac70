import { fewPictures, smallNetwork } from './small-networks.js';
import type { Study } from './study.js';

const [none, some] = ['no smoothing', 'smoothing 0.1'] as const;

/** Do smoothed labels make a network err less on new pictures? */
export const labelSmoothing: Study = {
  name: 'label-smoothing',
  question: 'Does label smoothing make a network err less on new pictures?',
  source: 'Szegedy et al. (2015, arXiv 1512.00567), Section 7',
  // A loss with smoothed labels is another one: it cannot come to 0.
  pictures: ['errors'],
  differs:
    'CIFAR-10 at 32 pixels in place of ImageNet at 299; a network of an eighth of the width with four blocks; 512 pictures that are seen 16 times, unvaried, so that the network fits them far better than others. The paper’s gain is 0.2 points, after a training of weeks; ours ends after 256 steps.',
  comparisons: [
    {
      name: 'labels',
      title: 'How labels are given',
      arms: {
        [none]: { network: smallNetwork(), training: { labelSmoothing: 0 } },
        [some]: { network: smallNetwork(), training: { labelSmoothing: 0.1 } },
      },
      sizes: fewPictures,
      claims: [
        {
          sentence: 'With labels smoothed by 0.1, the network errs less.',
          ...{
            source: 'Rethinking Inception, Section 7',
            measure: 'errors',
            better: some,
            worse: none,
          },
        },
      ],
    },
  ],
};
