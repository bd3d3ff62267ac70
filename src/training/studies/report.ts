import type { Interval } from './bootstrap.js';
import { counted } from './counted.js';
import { fewestSeeds, judge, type Judgement } from './judge.js';
import { learningRateOf, stepOfDeath, valueOf } from './measures.js';
import type { RunResult } from './run.js';
import { chosenRate, ratesOf } from './runs.js';
import type { Claim, Comparison, ComparisonSize, Measure } from './study.js';

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
  const deaths = runs.map(stepOfDeath).filter((step) => step !== undefined);
  const valuesOf = (measure: Measure) => runs.map((run) => valueOf(run, measure));
  return [
    arm,
    runs.length.toLocaleString('en'),
    String(learningRateOf(config)),
    parameters.toLocaleString('en'),
    (multiplyAdds / 1e6).toFixed(1),
    spread(valuesOf('losses'), (value) => value.toFixed(3)),
    spreadInPercent(valuesOf('errors')),
    spreadInPercent(valuesOf('zeroFractions')),
    deaths.length === 0 ? 'none' : deaths.join(', '),
  ];
}

function spread(values: readonly number[], format: (value: number) => string): string {
  const diverged = values.filter((value) => value === Infinity).length;
  if (diverged > 0) return `${diverged} diverged`;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${format(mean)} (${format(Math.min(...values))} to ${format(Math.max(...values))})`;
}

export function spreadInPercent(values: readonly number[]): string {
  return spread(values, percent);
}

function percent(value: number): string {
  return (value * 100).toFixed(1);
}

/** How effects are told: errors and zeros in points of percent. */
const units: Record<Measure, { factor: number; digits: number; unit: string; of: string }> = {
  errors: { factor: 100, digits: 1, unit: ' points', of: 'error' },
  losses: { factor: 1, digits: 3, unit: '', of: 'training loss' },
  zeroFractions: { factor: 100, digits: 1, unit: ' points', of: 'share of zeros' },
};

/** A claim, the word for what was seen, and the effect with its interval. */
export function inWords(judgement: Judgement): string {
  const { claim, verdict, effect } = judgement;
  const said = `"${claim.sentence}" (${claim.source})`;
  if (!effect) return `${said} The runs are not done.`;
  const { better, worse } = claim;
  return (
    `${said} **${verdict}**, ${basisOf(judgement)}: ` +
    `${quantityOf(claim)} of "${worse}" minus that of "${better}", ${effectInWords(claim, effect)}.`
  );
}

/** One row a claim: what the paper says, what was seen, by how much. */
export function claimTable(judgements: readonly Judgement[]): string {
  const head = ['the sentence', 'where', 'what we saw', 'of', 'effect, 95 % interval', 'over'];
  const rows = judgements.map((judgement) => {
    const { claim, verdict, effect } = judgement;
    const { sentence, source, worse, better } = claim;
    return [
      sentence,
      source,
      `**${verdict}**`,
      `${quantityOf(claim)}: ${worse} minus ${better}`,
      effect ? effectInWords(claim, effect) : '',
      basisOf(judgement),
    ];
  });
  return markdownTable([head, ...rows]);
}

/** A sentence for claims that have been computed, but with too few seeds; none if there are none. */
export function tooFewSeeds(judgements: readonly Judgement[]): string | undefined {
  const count = judgements.filter(({ seeds }) => seeds > 0 && seeds < fewestSeeds).length;
  if (count === 0) return undefined;
  return `Too few seeds to judge ${counted(count, 'claim')}: it takes ${fewestSeeds}.`;
}

function effectInWords({ measure, margin }: Claim, { mean, low, high }: Interval): string {
  const { factor, digits, unit } = units[measure];
  const inUnits = (value: number) => (value * factor).toFixed(digits).replace('-', '−');
  const format = (value: number) => (Number.isFinite(value) ? inUnits(value) : 'no bound');
  const allowed = margin === undefined ? '' : `; down to ${format(-margin)}${unit} is allowed`;
  return `${format(mean)}${unit} (${format(low)} to ${format(high)}${allowed})`;
}

/** What is compared, and when, if it is not the end. */
function quantityOf({ measure, epoch }: Claim): string {
  return units[measure].of + (epoch === undefined ? '' : ` after epoch ${epoch}`);
}

/** What an interval is over. */
function basisOf({ seeds, pictures }: Judgement): string {
  if (pictures !== undefined) return `${pictures} pictures, ${counted(seeds, 'seed')}`;
  if (seeds === 0) return 'none yet';
  return seeds < 5 ? `only ${counted(seeds, 'seed')}` : counted(seeds, 'seed');
}

/** A sentence that says how each network got its learning rate, and which. */
export function ratesInWords({ tuning }: ComparisonSize, tuned: readonly RunResult[]): string {
  if (!tuning) return '';
  const { rates, moreRates = {}, seeds, train, validation } = tuning;
  const more = Object.entries(moreRates).map(
    ([arm, further]) => `, and ${further.join(', ')} for ${arm}, which did best with the lowest`,
  );
  const arms = [...new Set(tuned.map(({ config }) => config.arm))];
  const words = arms.map((arm) => {
    const errors = ratesOf(arm, tuning).map((rate) => {
      const runs = tuned.filter(
        ({ config }) => config.arm === arm && config.training.learningRate === rate,
      );
      if (runs.length === 0) return `no result at ${rate}`;
      const sum = runs.reduce((total, run) => total + valueOf(run, 'errors'), 0);
      return `${percent(sum / runs.length)} % at ${rate}`;
    });
    const chosen = chosenRate(arm, tuning, tuned);
    return `${arm} ${chosen ?? 'not known'} (${errors.join(', ')})`;
  });
  return (
    ` Each network was given its best learning rate (out of ${rates.join(', ')}${more.join('')}), ` +
    `by its error on ${validation} further pictures of the ` +
    `training set, after the ${train} to train with, with ${counted(seeds.length, 'seed')}: ${words.join('; ')}.`
  );
}

/** Hours of computing, summed over the runs. */
export function hoursOf(results: readonly Pick<RunResult, 'seconds'>[]): string {
  return (results.reduce((sum, { seconds }) => sum + seconds, 0) / 3600).toFixed(1);
}
