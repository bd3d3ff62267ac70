import { errorsOf, type Errors } from '../../evaluate.js';
import { counted } from '../counted.js';
import { judgeDifferences, type Judgement } from '../judge.js';
import { markdownTable, spreadInPercent } from '../report.js';
import { crops, ensembles, evaluationClaims, type EnsembleName, type Way } from './declaration.js';
import type { NetworkResult } from './evaluate-network.js';
import { unpack } from './pack.js';

/** What an ensemble says of each picture, and what is right. */
interface Answers {
  /** A row for each picture, a sum of probabilities for each class. */
  readonly scores: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** Of the ensembles of one kind, by the seed of their first network. */
function answersBySeed(
  results: readonly NetworkResult[],
  { ensemble, crops: count }: Way,
): Map<number, Answers> {
  const seeds = [...new Set(results.map(({ config }) => config.seed))].sort((a, b) => a - b);
  const answers = new Map<number, Answers>();
  for (const [i, seed] of seeds.entries()) {
    const members = membersOf(results, ensemble, [...seeds.slice(i), ...seeds.slice(0, i)]);
    const [first] = members ?? [];
    if (!members || !first) continue;
    const each = members.map(({ probabilities }) => unpack(probabilities[count] ?? ''));
    const scores = (each[0] ?? []).map((row, picture) =>
      row.map((_, k) => each.reduce((sum, rows) => sum + (rows[picture]?.[k] ?? 0), 0)),
    );
    answers.set(seed, { scores, labels: Array.from(first.labels, Number) });
  }
  return answers;
}

/** Errors of an ensemble, by the seed of its first network. */
export function errorsBySeed(results: readonly NetworkResult[], way: Way): Map<number, Errors> {
  const answers = [...answersBySeed(results, way)];
  return new Map(answers.map(([seed, { scores, labels }]) => [seed, errorsOf(scores, labels)]));
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

/**
 * Whether several crops and networks err less, as the paper's tables say: picture by picture, since
 * all answer the same ones. Over the seeds the interval would be too narrow: ensembles of a few
 * networks share most of them.
 */
export function judgeEvaluation(results: readonly NetworkResult[]): Judgement[] {
  return evaluationClaims.map(({ claim, ways }) => {
    const [better, worse] = [
      answersBySeed(results, ways.better),
      answersBySeed(results, ways.worse),
    ];
    const seeds = [...better.keys()].filter((seed) => worse.has(seed));
    const [ours, theirs] = [better, worse].map((all) =>
      wrongBy(seeds.flatMap((seed) => all.get(seed) ?? [])),
    );
    const differences = (theirs ?? []).map((wrong, picture) => wrong - (ours?.[picture] ?? 0));
    const judgement = judgeDifferences(claim, differences, seeds.length);
    return judgement.effect ? { ...judgement, pictures: differences.length } : judgement;
  });
}

/** By picture: which part of these is wrong about it. */
function wrongBy(all: readonly Answers[]): number[] {
  const [first] = all;
  return (first?.labels ?? []).map((label, picture) => {
    const wrong = all.map(({ scores }) => errorsOf([scores[picture] ?? []], [label]).top1);
    return wrong.reduce((sum, one) => sum + one, 0) / all.length;
  });
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
    ({ key, crops: count }) => `${key === 'top1' ? 'top-1' : 'top-5'}, ${counted(count, 'crop')}`,
  );
  return markdownTable([['error in %', ...head], ...rows]);
}
