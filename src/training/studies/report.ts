import type { Interval } from './bootstrap.js';
import { judge, type Judgement } from './judge.js';
import { valueOf } from './measures.js';
import type { RunResult } from './run.js';
import type { Comparison, Measure } from './study.js';

/** What the final runs of a comparison say, as Markdown: a table, and a sentence for each claim. */
export function report(comparison: Comparison, results: readonly RunResult[]): string {
  const claims = comparison.claims.map((claim) => `- ${inWords(judge(claim, results))}`);
  return [table(comparison, results), claims.join('\n')].join('\n\n');
}

/** A Markdown table: of each arm mean and range over the seeds. */
export function table({ arms }: Comparison, results: readonly RunResult[]): string {
  const rows = Object.keys(arms).flatMap((arm) => {
    const runs = results.filter(({ config }) => config.arm === arm);
    return runs[0] ? [rowOf(arm, runs, runs[0])] : [];
  });
  const head = [
    ...['network', 'seeds', 'learning rate', 'parameters', 'million multiply-adds'],
    ...['loss', 'top-1 error, %', 'zeros in the last feature map, %', 'died in step'],
  ];
  return markdownTable([head, ...rows]);
}

/** The first row is the head. */
export function markdownTable([head = [], ...rows]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function rowOf(arm: string, runs: readonly RunResult[], first: RunResult): string[] {
  const { parameters, multiplyAdds, config } = first;
  const deaths = runs.flatMap(({ death, steps }) =>
    death ? [(death.epoch - 1) * steps + death.step] : [],
  );
  const valuesOf = (measure: Measure) => runs.map((run) => valueOf(run, measure));
  return [
    arm,
    runs.length.toLocaleString('en'),
    String(config.training.learningRate ?? 0.045),
    parameters.toLocaleString('en'),
    (multiplyAdds / 1e6).toFixed(1),
    spread(valuesOf('losses'), (value) => value.toFixed(3)),
    spread(valuesOf('errors'), percent),
    spread(valuesOf('zeroFractions'), percent),
    deaths.length === 0 ? 'none' : deaths.join(', '),
  ];
}

function spread(values: readonly number[], format: (value: number) => string): string {
  const diverged = values.filter((value) => value === Infinity).length;
  if (diverged > 0) return `${diverged} diverged`;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${format(mean)} (${format(Math.min(...values))} to ${format(Math.max(...values))})`;
}

function percent(value: number): string {
  return (value * 100).toFixed(1);
}

/** How effects are told: errors and zeros in points of percent. */
const units: Record<Measure, { factor: number; digits: number; unit: string; of: string }> = {
  errors: { factor: 100, digits: 1, unit: ' points', of: 'error' },
  losses: { factor: 1, digits: 3, unit: '', of: 'training loss' },
  zeroFractions: { factor: 100, digits: 1, unit: ' points', of: 'zeros' },
};

/** A claim, the word for what was seen, and the effect with its interval. */
export function inWords({ claim, verdict, seeds, effect }: Judgement): string {
  const said = `"${claim.sentence}" (${claim.source})`;
  if (!effect) return `${said} The runs are not done.`;
  const few = seeds < 5 ? `, ${seeds} seeds only` : `, ${seeds} seeds`;
  return `${said} **${verdict}**: ${effectInWords(claim, effect)}${few}.`;
}

export function effectInWords({ measure, better, worse, margin }: Judgement['claim'], effect: Interval): string {
  const { factor, digits, unit, of } = units[measure];
  const format = (value: number) => (value * factor).toFixed(digits).replace('-', '−');
  const allowed = margin === undefined ? '' : `, and as much as −${format(margin)}${unit} is allowed`;
  return (
    `${of} of ${worse} less that of ${better}: ${format(effect.mean)}${unit} ` +
    `(95 % interval ${format(effect.low)} to ${format(effect.high)})${allowed}`
  );
}
