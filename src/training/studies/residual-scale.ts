import { digits, photographs, quickAverages } from './small-training.js';
import type { Arm, Claim, Comparison, ComparisonSize, Study } from './study.js';

const scales = [1, 0.3, 0.17, 0.1] as const;

type Scale = (typeof scales)[number];

/** He et al. (2015), whom the paper quotes: a phase of a very low learning rate, then the usual one. */
const warmUp = { warmUpEpochs: 1, warmUpRate: 1e-5 };

const plainArm = (scale: Scale) => `scale ${scale}`;
const warmedArm = (scale: Scale) => `scale ${scale}, warm-up`;

/** @param width which decides how many filters the last blocks have */
function networkOf(width: number, residualScale: Scale): Arm['network'] {
  const options = { stem: 'medium', width, blocks: [2, 2, 2], residualScale } as object;
  return { name: 'inception-resnet-v2', options };
}

function plainArms(width: number): Record<string, Arm> {
  return Object.fromEntries(
    scales.map((scale) => [plainArm(scale), { network: networkOf(width, scale) }]),
  );
}

function armsOf(width: number, epochs: number): Record<string, Arm> {
  const arms = scales.flatMap((scale): [string, Arm][] => {
    const network = networkOf(width, scale);
    return [
      [plainArm(scale), { network }],
      // As many epochs of the usual rate as the others have.
      [
        warmedArm(scale),
        { network, training: { ...warmUp, epochs: epochs + warmUp.warmUpEpochs } },
      ],
    ];
  });
  return Object.fromEntries(arms);
}

const fullEpochs = 4;

const sizesOf = (seeds: readonly number[]): Comparison['sizes'] => {
  const large: ComparisonSize = {
    ...{ seeds: [1, 2, 3, 4, 5], data: 'cifar10', train: 50_000, test: 10_000 },
    training: { ...photographs, averageDecay: 0.999, epochs: fullEpochs },
  };
  return {
    small: {
      ...{ seeds: [1], data: 'mnist', train: 320, test: 200, shrink: 2 },
      training: { ...digits, epochs: fullEpochs },
    },
    full: {
      ...{ seeds, data: 'cifar10', train: 480, test: 500, shrink: 2 },
      training: { ...quickAverages, augmentation: { flip: true, shift: 1 }, epochs: fullEpochs },
    },
    large,
  };
};

/** Eight lines are too many to tell apart. */
const drawn = [...scales.map(plainArm), warmedArm(1)];

/** Where the unscaled network lives: what scaling may cost. */
const harmless = ([0.1, 0.3] as const).map((scale): Claim => ({
  sentence: `Scaling residuals by ${scale} does no harm to accuracy.`,
  ...{ source: 'Section 3.3', measure: 'errors', margin: 0.02 },
  ...{ better: plainArm(scale), worse: plainArm(1) },
}));

const above: Comparison = {
  name: '1072-filters',
  title: 'Above 1000 filters: 1072',
  arms: armsOf(0.5, fullEpochs),
  drawn,
  sizes: sizesOf([1, 2, 3, 4, 5]),
  claims: [
    {
      sentence: 'Above 1000 filters, scaling residuals down keeps the network from dying.',
      ...{ source: 'Section 3.3', measure: 'zeroFractions' },
      ...{ better: plainArm(0.1), worse: plainArm(1) },
    },
    {
      sentence: 'A warm-up phase of a very low learning rate does not save the unscaled network.',
      ...{ source: 'Section 3.3', measure: 'zeroFractions', margin: 0.05 },
      ...{ better: plainArm(1), worse: warmedArm(1) },
    },
  ],
};

const below: Comparison = {
  name: '536-filters',
  title: 'Below 1000 filters: 536',
  arms: armsOf(0.25, fullEpochs),
  drawn,
  sizes: sizesOf([1, 2, 3, 4, 5]),
  claims: [
    {
      sentence: 'Below 1000 filters, the unscaled network survives as well as the scaled one.',
      ...{ source: 'Section 3.3', measure: 'zeroFractions', margin: 0.1 },
      ...{ better: plainArm(1), worse: plainArm(0.1) },
    },
  ],
};

/** So few that the unscaled network lives: only there can scaling be seen to cost something. */
const few: Comparison = {
  name: '107-filters',
  title: 'Few filters: 107',
  arms: plainArms(0.05),
  sizes: {
    ...sizesOf([1, 2, 3, 4, 5]),
    full: {
      ...{ seeds: [1, 2, 3, 4, 5], data: 'cifar10', train: 2000, test: 1000, shrink: 2 },
      training: { ...quickAverages, augmentation: { flip: true, shift: 1 }, epochs: 8 },
    },
  },
  claims: harmless,
};

/** Do wide residual networks die where residuals are not scaled down? */
export const residualScale: Study = {
  name: 'residual-scale',
  question: 'Does scaling residuals keep wide networks from dying?',
  source: 'Szegedy et al. (2016), Section 3.3',
  pictures: ['zeroFractions', 'losses'],
  differs:
    'CIFAR-10 at 16 pixels in place of ImageNet at 299; two blocks of each kind. Warm-up is an epoch before the others, of 15 steps at a learning rate of 0.00001; steps of death count it. The wide networks see 60 steps, after which none has learnt much: what scaling costs is asked of a narrow one that lives without it, after 500 steps. The paper’s networks below 1000 filters survive unscaled; of ours with 536 filters most die, only later than those with 1072. Where the border lies depends on the set-up: ours begin at the full learning rate, with batches of 32 on one machine; the paper had 20 GPUs at work on one network.',
  comparisons: [above, below, few],
};
