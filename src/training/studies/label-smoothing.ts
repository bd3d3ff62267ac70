import { fewPictures, smallNetwork } from './few-pictures.js';
import { runsOf, type Arm } from './grid.js';
import type { Study } from './study.js';

const network = smallNetwork();

const arms = {
  'no smoothing': { network, training: { labelSmoothing: 0 } },
  'smoothing 0.1': { network, training: { labelSmoothing: 0.1 } },
} satisfies Record<string, Arm>;

/** Does a target that is not quite sure make a network err less? */
export const labelSmoothing: Study = {
  name: 'label-smoothing',
  question: 'Does label smoothing make a network err less on new pictures?',
  source: 'Szegedy et al. (2015, arXiv 1512.00567), Section 7',
  arms: Object.keys(arms),
  runs: runsOf({ study: 'label-smoothing', arms, sizes: fewPictures }),
  picture: { quantity: 'top-1 error', of: 'top1' },
  claims: [
    {
      measure: 'errors',
      better: 'smoothing 0.1',
      worse: 'no smoothing',
      sentence: 'With labels smoothed by 0.1, the network errs less.',
    },
  ],
};
