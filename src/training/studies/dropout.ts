import { fewPictures, smallNetwork } from './few-pictures.js';
import { runsOf, type Arm } from './grid.js';
import type { Study } from './study.js';

const arms = {
  'all are kept': { network: smallNetwork({ dropoutRate: 0 }) },
  '0.2 are dropped': { network: smallNetwork({ dropoutRate: 0.2 }) },
  '0.5 are dropped': { network: smallNetwork({ dropoutRate: 0.5 }) },
} satisfies Record<string, Arm>;

/** Does leaving out features before the classifier make a network err less? */
export const dropout: Study = {
  name: 'dropout',
  question: 'Does dropout before the classifier make a network err less on new pictures?',
  source: 'Szegedy et al. (2016), Figures 9 and 15, which keep 0.8',
  arms: Object.keys(arms),
  runs: runsOf({ study: 'dropout', arms, sizes: fewPictures }),
  picture: { quantity: 'top-1 error', of: 'top1' },
  claims: [
    {
      measure: 'errors',
      better: '0.2 are dropped',
      worse: 'all are kept',
      sentence: 'With a fifth of the features dropped, the network errs less.',
    },
  ],
};
