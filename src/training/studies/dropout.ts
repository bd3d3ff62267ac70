import { fewPictures, smallNetwork } from './small-networks.js';
import type { Claim, Study } from './study.js';

const claimOf = (better: string, sentence: string): Claim => ({
  ...{
    sentence,
    source: 'ours, after Figures 9 and 15',
    measure: 'errors',
    better,
    worse: 'all are kept',
  },
});

/** Does leaving out features before the classifier make a network err less? */
export const dropout: Study = {
  name: 'dropout',
  question: 'Does dropout before the classifier make a network err less on new pictures?',
  source: 'Szegedy et al. (2016), Figures 9 and 15, which keep 0.8',
  differs:
    'CIFAR-10 at 32 pixels in place of ImageNet at 299; a network of an eighth of the width with four blocks; 512 pictures that are seen 16 times, unvaried, so that the network fits them far better than others. The paper uses dropout, but does not say what it is worth.',
  comparisons: [
    {
      name: 'rates',
      title: 'How much is dropped',
      arms: {
        'all are kept': { network: smallNetwork({ dropoutRate: 0 }) },
        '0.2 are dropped': { network: smallNetwork({ dropoutRate: 0.2 }) },
        '0.5 are dropped': { network: smallNetwork({ dropoutRate: 0.5 }) },
      },
      sizes: fewPictures,
      claims: [
        claimOf('0.2 are dropped', 'With a fifth of the features dropped, the network errs less.'),
      ],
    },
  ],
};
