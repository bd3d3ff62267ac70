import { inspect } from 'node:util';
import type { CellError } from './messages.js';

/** Stack frames that are not the learner's: tslab's, Node's and this kernel's. */
const foreignFrame = /^\s+at .*(tslab[\\/]dist|node:|[\\/]kernel[\\/](worker|cell-error)\.)/;

/** Whatever a cell threw, with a traceback that leaves out the machinery around the cell. */
export function describeError(thrown: unknown): CellError {
  if (!(thrown instanceof Error)) {
    return { ename: 'Error', evalue: inspect(thrown), traceback: [`Uncaught ${inspect(thrown)}`] };
  }
  const lines = (thrown.stack ?? `${thrown.name}: ${thrown.message}`).split('\n');
  return {
    ename: thrown.name,
    evalue: thrown.message,
    traceback: lines.filter((line) => !foreignFrame.test(line)),
  };
}

/** The compiler's complaints about a cell, each `line:column - text`. */
export function describeTypeErrors(complaints: readonly string[]): CellError {
  return {
    ename: 'TypeError',
    evalue: complaints[0] ?? '',
    traceback: ['The cell does not type-check:', ...complaints],
  };
}
