import { isAbsolute, relative } from 'node:path';
import vm from 'node:vm';
import type { Compile } from './modules.js';
import { rememberOrigin } from './positions.js';

/** A function whose body is given; the lines keep their numbers. */
export const compileFunction: Compile = (code, { name, parameters, isAsync = false }) => {
  const shown = isAbsolute(name) ? relative(process.cwd(), name) : name;
  rememberOrigin(name, { name: shown, code });
  const head = `(${isAsync ? 'async ' : ''}function (${parameters.join(', ')}) {`;
  const script = new vm.Script(`${head}\n${code.javascript}\n})`, {
    filename: name,
    lineOffset: -1,
  });
  return script.runInThisContext() as (...args: unknown[]) => unknown;
};
