import { randomNumbers } from '../random.js';

/** A mean, and between what it lies. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** So many drawn samples, where there are too many to go through. */
const samples = 10_000;

/** 7 numbers have 823,543 samples with replacement, 8 of them 16,777,216. */
const mostNumbers = 7;

/**
 * The percentile bootstrap's 95 % interval of a mean: of the means of all samples with replacement,
 * as many as the numbers are, the 2.5 % least and the 2.5 % greatest are left out. Up to 7 numbers
 * all samples are gone through; of more, 10,000 are drawn, always the same.
 *
 * @throws Error if there is no number.
 */
export function bootstrap(numbers: readonly number[]): Interval {
  if (numbers.length === 0) throw new Error('There is no number to take a mean of.');
  const means = numbers.length > mostNumbers ? drawnMeans(numbers) : allMeans(numbers);
  means.sort();
  const cut = Math.floor(0.025 * means.length);
  return {
    mean: numbers.reduce((sum, number) => sum + number, 0) / numbers.length,
    low: means[cut] ?? NaN,
    high: means[means.length - 1 - cut] ?? NaN,
  };
}

function allMeans(numbers: readonly number[]): Float64Array {
  const { length } = numbers;
  // A sample is a number of as many digits, in base `length`.
  return Float64Array.from({ length: length ** length }, (_, sample) => {
    let sum = 0;
    for (let i = 0, rest = sample; i < length; i++, rest = Math.floor(rest / length)) {
      sum += numbers[rest % length] ?? 0;
    }
    return sum / length;
  });
}

function drawnMeans(numbers: readonly number[]): Float64Array {
  const { length } = numbers;
  const random = randomNumbers('bootstrap', length, samples);
  return Float64Array.from({ length: samples }, () => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += numbers[Math.floor(random() * length)] ?? 0;
    return sum / length;
  });
}
