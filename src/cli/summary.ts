import { useBackend } from '../backends/use-backend.js';
import { formatSummary } from '../models/analysis/format-summary.js';
import { summarize } from '../models/analysis/summarize.js';
import { networkNames, networks, type NetworkName } from '../models/networks.js';

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
  if (!Object.hasOwn(networks, name)) {
    throw new Error(`There is no network "${name}". Choose one of: ${networkNames.join(', ')}.`);
  }
  await useBackend();
  const { variant, input, depth, json } = flags;
  const model = networks[name as NetworkName]({
    ...(variant === undefined ? {} : { variant: variant as never }),
    ...(input === undefined ? {} : { inputShape: input }),
  });
  const summary = summarize(model);
  console.log(json ? JSON.stringify(summary, null, 2) : formatSummary(summary, { depth }));
}
