import { useBackend } from '../backends/node/use-backend.js';
import { formatSummary } from '../models/analysis/format-summary.js';
import { summarize } from '../models/analysis/summarize.js';
import { networks, parseNetworkName } from '../models/networks.js';

export interface SummaryFlags {
  readonly variant?: string;
  readonly input?: [height: number, width: number, channels: number];
  readonly depth: number;
  readonly json: boolean;
}

/**
 * Prints what a network consists of and costs.
 *
 * @throws Error that lists the networks there are, if this is none of them.
 */
export async function printSummary(name: string, flags: SummaryFlags): Promise<void> {
  const network = networks[parseNetworkName(name)];
  await useBackend();
  const { variant, input, depth, json } = flags;
  const model = network({
    ...(variant === undefined ? {} : { variant: variant as never }),
    ...(input === undefined ? {} : { inputShape: input }),
  });
  const summary = summarize(model);
  console.log(json ? JSON.stringify(summary, null, 2) : formatSummary(summary, { depth }));
}
