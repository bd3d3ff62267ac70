/** Runs in the page of a test: the cases of the gradients' suite, computed by the browser. */
import { useBackend, type BackendName } from 'inception-lab';
import { cases } from '../../backends/gradients/cases.js';
import { compute } from '../../backends/gradients/compute.js';
import type { Values } from '../../backends/gradients/reference.js';

const harness = {
  useBackend: (name: BackendName) => useBackend(name),

  /** @param inputs with plain arrays: as JSON, they have come into the page */
  compute(name: string, inputs: readonly PlainValues[], weights: readonly number[]) {
    const test = cases.find((candidate) => candidate.name === name)!;
    const values = inputs.map(({ shape, data }) => ({ shape, data: Float64Array.from(data) }));
    return compute(test, values, weights);
  },
};

export interface PlainValues extends Omit<Values, 'data'> {
  readonly data: readonly number[];
}

export type GradientsHarness = typeof harness;

Object.assign(globalThis, { harness });
