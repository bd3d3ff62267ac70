import { markdownTable } from './report.js';
import { runId, type RunResult } from './run.js';

/** By how much two results of one run differ. */
export interface Difference {
  readonly ours: RunResult;
  readonly theirs: RunResult;
  /** The greatest over the epochs that both have: of the loss, and of the top-1 error as a fraction. */
  readonly loss: number;
  readonly top1: number;
}

/** Those runs that both have, in the order of the first. */
export function compareResults(
  ours: readonly RunResult[],
  theirs: readonly RunResult[],
): Difference[] {
  const byId = new Map(theirs.map((result) => [runId(result.config), result]));
  return ours.flatMap((own) => {
    const other = byId.get(runId(own.config));
    if (!other) return [];
    const greatest = (key: 'loss' | 'top1') =>
      own.curve.reduce((most, epoch, i) => {
        const theirEpoch = other.curve[i];
        return theirEpoch ? Math.max(most, Math.abs(epoch[key] - theirEpoch[key])) : most;
      }, 0);
    return [{ ours: own, theirs: other, loss: greatest('loss'), top1: greatest('top1') }];
  });
}

/** A Markdown table, a row a run. */
export function comparisonTable(differences: readonly Difference[]): string {
  const head = ['run', 'computed on', 'top-1 error in the end, %', 'difference of errors, points'];
  const rows = differences.map(({ ours, theirs, loss, top1 }) => {
    const { comparison, arm, seed } = ours.config;
    const endOf = ({ curve }: RunResult) => ((curve.at(-1)?.top1 ?? NaN) * 100).toFixed(1);
    const isSame = loss === 0 && top1 === 0;
    return [
      `${comparison}, ${arm}, seed ${seed}`,
      `${ours.backend}, ${theirs.backend}`,
      `${endOf(ours)}, ${endOf(theirs)}`,
      isSame ? 'none, bit for bit' : (top1 * 100).toFixed(1),
      isSame ? 'none, bit for bit' : loss.toPrecision(2),
    ];
  });
  return markdownTable([[...head, 'of losses'], ...rows]);
}
