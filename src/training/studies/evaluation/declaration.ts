import type { CropCount } from '../../../models/pictures/views.js';
import type { DatasetName } from '../../data/sources.js';
import { counted } from '../counted.js';
import type { Claim, StudySize } from '../study.js';

/** The arms of the residual study whose networks are evaluated. */
export const [resNet, v4] = ['with shortcuts', 'plain Inception'] as const;

export type Member = typeof resNet | typeof v4;

/** Networks whose probabilities are averaged, with seeds one after another. */
export const ensembles = {
  'one Inception-ResNet-v2': [resNet],
  'one Inception-v4': [v4],
  'two Inception-ResNet-v2': [resNet, resNet],
  'four Inception-ResNet-v2': [resNet, resNet, resNet, resNet],
  'one Inception-v4, three Inception-ResNet-v2': [v4, resNet, resNet, resNet],
} as const satisfies Record<string, readonly Member[]>;

export type EnsembleName = keyof typeof ensembles;

export const crops = [1, 10, 12, 144] as const satisfies readonly CropCount[];

/** What is evaluated, and on how many pictures. */
export const evaluation = {
  name: 'evaluation',
  question: 'What is gained by several crops of a picture, and by several networks?',
  source: 'Szegedy et al. (2016), Tables 2 to 5',
  differs:
    'the networks are those of the residual study with [5, 10, 5] blocks and their plain ' +
    'counterparts, trained for 5 epochs on 3,000 pictures of 32 pixels. Crops are cut from ' +
    'enlarged pictures: a crop shows less of the object, but no more detail. The networks of an ' +
    'ensemble have consecutive seeds, beginning with each seed in turn, so that the ensembles of ' +
    'one row share networks; intervals are therefore over the pictures, and hold for these networks.',
  /** Whose networks. */
  of: { study: 'residual', comparison: 'blocks-5-10-5' },
  sizes: {
    small: { data: 'mnist', test: 40, shrink: 2 },
    full: { data: 'cifar10', test: 250 },
    large: { data: 'cifar10', test: 10_000 },
  },
} as const satisfies {
  readonly sizes: Record<StudySize, { data: DatasetName; test: number; shrink?: number }>;
  readonly [key: string]: unknown;
};

/** An ensemble of one or more, and how many crops it sees. */
export interface Way {
  readonly ensemble: EnsembleName;
  readonly crops: CropCount;
}

/** `'four Inception-ResNet-v2, 144 crops'` */
export function nameOf({ ensemble, crops: count }: Way): string {
  return `${ensemble}, ${counted(count, 'crop')}`;
}

const claim = (sentence: string, source: string, better: Way, worse: Way) => ({
  ways: { better, worse },
  claim: {
    ...{ sentence, source, measure: 'errors' },
    ...{ better: nameOf(better), worse: nameOf(worse) },
  } satisfies Claim,
});

const [alone, two, four, mixed] = [
  'one Inception-ResNet-v2',
  'two Inception-ResNet-v2',
  'four Inception-ResNet-v2',
  'one Inception-v4, three Inception-ResNet-v2',
] as const;

export const evaluationClaims = [
  claim(
    'Twelve crops err less than one.',
    'Tables 2 and 3',
    { ensemble: alone, crops: 12 },
    { ensemble: alone, crops: 1 },
  ),
  claim(
    '144 crops err less than twelve.',
    'Tables 3 and 4',
    { ensemble: alone, crops: 144 },
    { ensemble: alone, crops: 12 },
  ),
  claim(
    'An ensemble of two errs less than one network.',
    'Table 5',
    { ensemble: two, crops: 144 },
    { ensemble: alone, crops: 144 },
  ),
  claim(
    'An ensemble of four errs less than one network.',
    'Table 5',
    { ensemble: four, crops: 144 },
    { ensemble: alone, crops: 144 },
  ),
  claim(
    'Inception-v4 with three Inception-ResNet-v2 errs less than one network.',
    'Table 5',
    { ensemble: mixed, crops: 144 },
    { ensemble: alone, crops: 144 },
  ),
];
