import type { EpochResult } from '../results.js';
import type { RunResult } from './run.js';
import type { Claim, Study } from './study.js';

/** What the results say, as Markdown: a table, and a sentence for each claim. */
export function report(study: Study, results: readonly RunResult[]): string {
  const arms = summarizeArms(study, results);
  const verdicts = study.claims.map((claim) => `- ${verdict(claim, arms)}`);
  return [table(arms), verdicts.join('\n')].join('\n\n');
}

/** What one arm has come to, over its seeds. */
export interface ArmSummary {
  readonly arm: string;
  readonly seeds: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Top-1 error of the last epoch, fractions; `NaN` for runs that diverged. */
  readonly errors: readonly number[];
  /** Training loss of the last epoch. */
  readonly losses: readonly number[];
  /** How much of the last feature map is 0 at the end, fractions. */
  readonly zeroFractions: readonly number[];
}

export function summarizeArms(study: Study, results: readonly RunResult[]): ArmSummary[] {
  return study.arms.flatMap((arm) => {
    const runs = results.filter(({ config }) => config.arm === arm);
    const [first] = runs;
    if (!first) return [];
    const lastOf = (key: keyof EpochResult) =>
      runs.map(
        ({ curve, diverged }) => (diverged === undefined ? curve.at(-1)?.[key] : NaN) ?? NaN,
      );
    const { parameters, multiplyAdds } = first;
    const [errors, losses, zeroFractions] = [
      lastOf('top1'),
      lastOf('loss'),
      lastOf('zeroFraction'),
    ];
    return [{ arm, seeds: runs.length, parameters, multiplyAdds, errors, losses, zeroFractions }];
  });
}

/** A Markdown table: mean and range over the seeds. */
export function table(arms: readonly ArmSummary[]): string {
  const percent = (value: number) => (value * 100).toFixed(1);
  const rows = arms.map(({ arm, seeds, parameters, multiplyAdds, ...values }) => [
    arm,
    seeds.toLocaleString('en'),
    parameters.toLocaleString('en'),
    (multiplyAdds / 1e6).toFixed(1),
    spread(values.losses, (value) => value.toFixed(3)),
    spread(values.errors, percent),
    spread(values.zeroFractions, percent),
  ]);
  const head = [
    ...['network', 'seeds', 'parameters', 'million multiply-adds'],
    ...['loss', 'top-1 error, %', 'zeros in the last feature map, %'],
  ];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function spread(values: readonly number[], format: (value: number) => string): string {
  if (values.some(Number.isNaN)) return `${values.filter(Number.isNaN).length} diverged`;
  return `${format(mean(values))} (${format(Math.min(...values))} to ${format(Math.max(...values))})`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const quantities = { errors: 'error', zeroFractions: 'zeros' } as const;

/** Whether what the paper says was seen, without hiding how far the seeds lie apart. */
export function verdict(
  { measure, better, worse, sentence }: Claim,
  arms: readonly ArmSummary[],
): string {
  const valuesOf = (name: string) => arms.find(({ arm }) => arm === name)?.[measure] ?? [];
  const [ours, theirs] = [valuesOf(better), valuesOf(worse)];
  if (ours.length === 0 || theirs.length === 0) return `"${sentence}" The runs are not done.`;
  const percent = (values: readonly number[]) => (mean(values) * 100).toFixed(1);
  const numbers = `${quantities[measure]} ${percent(ours)} % (${better}), ${percent(theirs)} % (${worse})`;
  // A run that has diverged is worse than any other.
  const [ourMost, ourLeast] = [Math.max(...ours.map(orWorst)), Math.min(...ours.map(orWorst))];
  const [theirMost, theirLeast] = [
    Math.max(...theirs.map(orWorst)),
    Math.min(...theirs.map(orWorst)),
  ];
  if (ourMost < theirLeast) {
    return `"${sentence}" At this size that was seen, for every seed: ${numbers}.`;
  }
  if (ourLeast > theirMost) {
    return `"${sentence}" At this size the opposite was seen, for every seed: ${numbers}.`;
  }
  return `"${sentence}" At this size the seeds do not tell: ${numbers}, and the ranges overlap.`;
}

function orWorst(value: number): number {
  return Number.isNaN(value) ? Infinity : value;
}
