import { errorsOf, type Errors } from '../../evaluate.js';
import { judgeValues, type Judgement } from '../judge.js';
import { markdownTable, spreadInPercent } from '../report.js';
import {
  crops,
  ensembles,
  evaluationClaims,
  type EnsembleName,
  type Way,
} from './declaration.js';
import type { NetworkResult } from './evaluate-network.js';
import { unpack } from './pack.js';

/** Errors of an ensemble, by the seed of its first network. */
export function errorsBySeed(
  results: readonly NetworkResult[],
  { ensemble, crops: count }: Way,
): Map<number, Errors> {
  const seeds = [...new Set(results.map(({ config }) => config.seed))].sort((a, b) => a - b);
  const errors = new Map<number, Errors>();
  for (const [i, seed] of seeds.entries()) {
    const members = membersOf(results, ensemble, [...seeds.slice(i), ...seeds.slice(0, i)]);
    const [first] = members ?? [];
    if (!members || !first) continue;
    const each = members.map(({ probabilities }) => unpack(probabilities[count] ?? ''));
    const mean = (each[0] ?? []).map((row, picture) =>
      row.map((_, k) => each.reduce((sum, rows) => sum + (rows[picture]?.[k] ?? 0), 0)),
    );
    errors.set(seed, errorsOf(mean, Array.from(first.labels, Number)));
  }
  return errors;
}

/** @returns the networks, each arm's with the first seeds; `undefined` if one is missing */
function membersOf(
  results: readonly NetworkResult[],
  ensemble: EnsembleName,
  seeds: readonly number[],
): NetworkResult[] | undefined {
  const arms: readonly string[] = ensembles[ensemble];
  const members = arms.flatMap((arm, i) => {
    const seed = seeds[arms.slice(0, i).filter((other) => other === arm).length];
    return results.filter(({ config }) => config.arm === arm && config.seed === seed);
  });
  return members.length === arms.length ? members : undefined;
}

/** Whether several crops and networks err less, as the paper's tables say. */
export function judgeEvaluation(results: readonly NetworkResult[]): Judgement[] {
  const valuesOf = (way: Way) =>
    new Map([...errorsBySeed(results, way)].map(([seed, { top1 }]) => [seed, top1]));
  return evaluationClaims.map(({ claim, ways }) =>
    judgeValues(claim, valuesOf(ways.better), valuesOf(ways.worse)),
  );
}

/** A Markdown table: top-1 errors, ensembles down and crops across; and top-5 errors. */
export function evaluationTable(results: readonly NetworkResult[]): string {
  const columns = (['top1', 'top5'] as const).flatMap((key) =>
    crops.map((count) => ({ key, crops: count })),
  );
  const rows = (Object.keys(ensembles) as EnsembleName[]).map((ensemble) => [
    ensemble,
    ...columns.map(({ key, crops: count }) => {
      const errors = [...errorsBySeed(results, { ensemble, crops: count }).values()];
      return errors.length === 0 ? '' : spreadInPercent(errors.map((error) => error[key]));
    }),
  ]);
  const head = columns.map(
    ({ key, crops: count }) => `${key === 'top1' ? 'top-1' : 'top-5'}, ${count} crop${count === 1 ? '' : 's'}`,
  );
  return markdownTable([['error in %', ...head], ...rows]);
}
