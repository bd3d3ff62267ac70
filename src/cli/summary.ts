import { useBackend } from '../backends/node/use-backend.js';
import { formatSummary } from '../models/analysis/format-summary.js';
import { summarize } from '../models/analysis/summarize.js';
import { modelArgument, type ModelFlags } from './model-argument.js';

export interface SummaryFlags extends ModelFlags {
  readonly depth: number;
  readonly json: boolean;
}

/**
 * Prints what a network consists of and costs.
 *
 * @param name of a network, or the path of a `model.json`
 * @throws Error that lists the networks there are, if this is none of them.
 */
export async function printSummary(
  name: string,
  { depth, json, ...flags }: SummaryFlags,
): Promise<void> {
  await useBackend();
  const { model, ...size } = await modelArgument(name, flags);
  const summary = summarize(model, size);
  console.log(json ? JSON.stringify(summary, null, 2) : formatSummary(summary, { depth }));
}
