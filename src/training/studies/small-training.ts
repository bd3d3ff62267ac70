import type { TrainingConfig } from '../config.js';

/** Short trainings need quicker averages than the published ones, which are for weeks. */
export const quickAverages: Partial<TrainingConfig> = {
  averageDecay: 0.98,
  batchNormMomentum: 0.9,
};

/** Photographs are as good when they are mirrored. */
export const photographs: Partial<TrainingConfig> = {
  ...quickAverages,
  augmentation: { flip: true, shift: 2 },
};

/** Digits are not. */
export const digits: Partial<TrainingConfig> = {
  ...quickAverages,
  augmentation: { flip: false, shift: 1 },
};
