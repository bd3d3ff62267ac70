import { forEachBackend } from '../../support/backends.js';
import { cases } from './cases.js';
import { compute } from './compute.js';
import { testCase } from './test-case.js';

describe('Gradients against finite differences in float64', () => {
  forEachBackend(() => {
    for (const test of cases) {
      it(test.name, () => testCase(test, compute));
    }
  });
});
