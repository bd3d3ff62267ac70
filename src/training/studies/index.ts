import { auxiliary } from './auxiliary.js';
import { dropout } from './dropout.js';
import { evaluation } from './evaluation/declaration.js';
import { factorized } from './factorized.js';
import { labelSmoothing } from './label-smoothing.js';
import { reduction } from './reduction.js';
import { residual } from './residual.js';
import { residualScale } from './residual-scale.js';
import type { Study } from './study.js';

export const studies: readonly Study[] = [
  residual,
  residualScale,
  labelSmoothing,
  factorized,
  dropout,
  auxiliary,
  reduction,
];

/** @throws Error that lists the studies, if this is none of them. */
export function findStudy(name: string): Study {
  const study = studies.find((candidate) => candidate.name === name);
  if (study) return study;
  const names = [...studies, evaluation].map((candidate) => candidate.name).join(', ');
  throw new Error(`There is no study "${name}". Choose one of: ${names}.`);
}
