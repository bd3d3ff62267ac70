import { formatSummary } from '../../models/analysis/format-summary.js';
import { summarize } from '../../models/analysis/summarize.js';
import type { MimeBundle } from '../../notebook/notebook.js';

/** A `tf.LayersModel`. */
export interface ModelLike {
  readonly layers: readonly unknown[];
  getWeights(): unknown[];
  summary(): void;
}

/** A model as the table of its blocks: shapes, parameters, multiply-adds. */
export function describeModel(model: ModelLike): MimeBundle {
  try {
    const summary = summarize(model as unknown as Parameters<typeof summarize>[0]);
    return { 'text/plain': formatSummary(summary) };
  } catch (error) {
    // A cell that ends with a model of any size has done nothing wrong.
    return { 'text/plain': (error as Error).message };
  }
}
