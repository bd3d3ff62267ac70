import type { NetworkName } from '../../models/networks.js';
import type { InceptionResNetOptions } from '../../models/inception-resnet.js';
import type { RunConfig } from './run.js';
import type { Study, StudySize } from './study.js';

/** Two of each block: 147,000 parameters, 25 million multiply-adds a picture of 28 × 28. */
const blocks: InceptionResNetOptions = { width: 0.1, blocks: [2, 2, 2] };

const arms: Readonly<Record<string, { name: NetworkName; options: object }>> = {
  'with shortcuts': { name: 'inception-resnet-v2', options: blocks },
  'without shortcuts': { name: 'inception-resnet-v2', options: { ...blocks, residual: false } },
  // 1 percent more parameters than the first, and as many multiply-adds.
  'plain Inception': { name: 'inception-v4', options: { width: 0.095, blocks: [1, 2, 1] } },
};

/** Short trainings need quicker averages than the published ones, which are for weeks. */
const training = {
  averageDecay: 0.99,
  batchNormMomentum: 0.9,
  augmentation: { flip: true, shift: 2 },
};

const sizes: Readonly<
  Record<StudySize, { seeds: number[]; train: number; test: number; epochs: number }>
> = {
  small: { seeds: [1, 2], train: 1000, test: 500, epochs: 3 },
  full: { seeds: [1, 2, 3], train: 4000, test: 2000, epochs: 4 },
};

function runs(size: StudySize): RunConfig[] {
  const { seeds, train, test, epochs } = sizes[size];
  return seeds.flatMap((seed) =>
    Object.entries(arms).map(([arm, { name, options }]) => ({
      study: 'residual',
      arm,
      seed,
      data: { name: 'fashion-mnist' as const, train, test },
      network: { name, options: options },
      training: { ...training, epochs },
    })),
  );
}

/** Do shortcuts make an Inception network train faster? */
export const residual: Study = {
  name: 'residual',
  question: 'Does an Inception network with shortcuts learn faster than one without?',
  source: 'Szegedy et al. (2016), Section 5 and Figures 21 to 26',
  arms: Object.keys(arms),
  runs,
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
