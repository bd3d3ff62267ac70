import type { Compile } from '../cells/modules.js';
import { rememberOrigin } from '../cells/positions.js';

/** The name of `evaluate`d code begins with it: engines take no name that has a space. */
const prefix = 'cell:';

let evaluated = 0;

// Indirect, so that it sees nothing of this module.
const evaluateGlobally = globalThis.eval;

/** A function whose body is given, one line lower. */
export const compileFunction: Compile = (code, { name, parameters, isAsync = false }) => {
  const file = `${prefix}${++evaluated}`;
  rememberOrigin(file, { name: name.replace(/^\//, ''), code, linesBefore: 1 });
  const head = `(${isAsync ? 'async ' : ''}function (${parameters.join(', ')}) {`;
  const text = `${head}\n${code.javascript}\n})\n//# sourceURL=${file}`;
  return evaluateGlobally(text) as (...args: unknown[]) => unknown;
};
