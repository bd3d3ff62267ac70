import { manyPictures, smallNetwork } from './small-networks.js';
import type { Study } from './study.js';

const [without, withOne] = ['no auxiliary head', 'an auxiliary head'] as const;

/** Does a second classifier, halfway up, help a network to learn? */
export const auxiliary: Study = {
  name: 'auxiliary',
  question: 'Does an auxiliary classifier halfway up help a network to learn?',
  source: 'Szegedy et al. (2015, arXiv 1512.00567), Section 4',
  // The loss has the second classifier's in it.
  pictures: ['errors'],
  differs:
    'CIFAR-10 at 32 pixels in place of ImageNet at 299; a network of an eighth of the width with four blocks; 256 steps. The paper sees the difference near the end of a training of weeks; this one ends long before.',
  comparisons: [
    {
      name: 'heads',
      title: 'Classifiers',
      arms: {
        [without]: { network: smallNetwork() },
        [withOne]: { network: smallNetwork({ auxiliary: true }) },
      },
      sizes: manyPictures,
      claims: [
        {
          sentence: 'Early in training, auxiliary classifiers do not help.',
          ...{
            source: 'Rethinking Inception, Section 4',
            measure: 'errors',
            epoch: 1,
            margin: 0.02,
          },
          ...{ better: without, worse: withOne },
        },
        {
          sentence: 'Near the end, the network with an auxiliary classifier overtakes the other.',
          ...{
            source: 'Rethinking Inception, Section 4',
            measure: 'errors',
            better: withOne,
            worse: without,
          },
        },
      ],
    },
  ],
};
