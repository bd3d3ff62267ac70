import { runsOf, type Arm } from './grid.js';
import type { Study } from './study.js';

/** Filters of the last blocks, by the network's width: below the paper's 1000, and above. */
const widths = { 536: 0.25, 1072: 0.5 } as const;

const scales = [1, 0.3, 0.1] as const;

function armOf(filters: string, scale: number): string {
  return `${filters} filters, scale ${scale}`;
}

const arms = Object.fromEntries(
  Object.entries(widths).flatMap(([filters, width]) =>
    scales.map((residualScale): [string, Arm] => {
      const options = { width, blocks: [2, 2, 2], residualScale } as object;
      return [armOf(filters, residualScale), { network: { name: 'inception-resnet-v2', options } }];
    }),
  ),
);

/** The published optimizer and learning rate; only what is for weeks of training is quicker. */
const training = { averageDecay: 0, batchNormMomentum: 0.9 };

/** Do wide residual networks die where residuals are not scaled down? */
export const residualScale: Study = {
  name: 'residual-scale',
  question: 'Does scaling residuals keep wide networks from dying?',
  source: 'Szegedy et al. (2016), Section 3.3',
  arms: Object.keys(arms),
  runs: runsOf({
    study: 'residual-scale',
    arms,
    sizes: {
      small: {
        ...{ seeds: [1], data: 'mnist', train: 320, test: 200, shrink: 2 },
        training: { ...training, augmentation: { flip: false, shift: 1 }, epochs: 2 },
      },
      full: {
        ...{ seeds: [1, 2, 3], data: 'fashion-mnist', train: 800, test: 500, shrink: 2 },
        training: { ...training, augmentation: { flip: true, shift: 1 }, epochs: 3 },
      },
    },
  }),
  picture: { quantity: 'zeros in the last feature map', of: 'zeroFraction' },
  claims: Object.keys(widths).flatMap((filters) => {
    const compared = { better: armOf(filters, 0.1), worse: armOf(filters, 1) };
    return [
      {
        ...compared,
        measure: 'zeroFractions' as const,
        sentence: `With ${filters} filters, scaling residuals by 0.1 keeps the last feature map alive.`,
      },
      {
        ...compared,
        measure: 'errors' as const,
        sentence: `With ${filters} filters, residuals scaled by 0.1 train better than unscaled ones.`,
      },
    ];
  }),
};
