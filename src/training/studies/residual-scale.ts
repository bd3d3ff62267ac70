import type { RunConfig } from './run.js';
import type { Study, StudySize } from './study.js';

/** Filters of the last blocks, by the network's width: below the paper's 1000, and above. */
const widths = { 536: 0.25, 1072: 0.5 } as const;

const scales = [1, 0.3, 0.1] as const;

function armOf(filters: string, scale: number): string {
  return `${filters} filters, scale ${scale}`;
}

const arms = Object.entries(widths).flatMap(([filters, width]) =>
  scales.map((residualScale) => ({
    arm: armOf(filters, residualScale),
    options: { width, blocks: [2, 2, 2] as const, residualScale },
  })),
);

/** The published optimizer and learning rate; only what is for weeks of training is quicker. */
const training = {
  averageDecay: 0,
  batchNormMomentum: 0.9,
  augmentation: { flip: true, shift: 1 },
};

interface Size {
  readonly seeds: readonly number[];
  readonly train: number;
  readonly test: number;
  readonly epochs: number;
}

const sizes: Readonly<Record<StudySize, Size>> = {
  small: { seeds: [1], train: 320, test: 200, epochs: 2 },
  full: { seeds: [1, 2, 3], train: 800, test: 500, epochs: 3 },
};

function runs(size: StudySize): RunConfig[] {
  const { seeds, train, test, epochs } = sizes[size];
  return seeds.flatMap((seed) =>
    arms.map(({ arm, options }) => ({
      study: 'residual-scale',
      arm,
      seed,
      data: { name: 'fashion-mnist' as const, train, test, shrink: 2 },
      network: { name: 'inception-resnet-v2' as const, options },
      training: { ...training, epochs },
    })),
  );
}

/** Do wide residual networks die where residuals are not scaled down? */
export const residualScale: Study = {
  name: 'residual-scale',
  question: 'Does scaling residuals keep wide networks from dying?',
  source: 'Szegedy et al. (2016), Section 3.3',
  arms: arms.map(({ arm }) => arm),
  runs,
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
