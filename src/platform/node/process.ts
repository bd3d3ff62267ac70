import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect as nodeInspect } from 'node:util';
import type { Platform, Vega } from '../platform.js';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../../', import.meta.url));

export const environment: Platform['environment'] = (name) => process.env[name];

export const courseFile: Platform['courseFile'] = ({ path, package: name }) =>
  join(name === undefined ? root : dirname(require.resolve(`${name}/package.json`)), path);

export const inspect: Platform['inspect'] = (value) => nodeInspect(value);

export const loadedModules: Platform['loadedModules'] = (path) =>
  Object.entries(require.cache)
    .filter(([file]) => path.test(file))
    .map(([, module]) => module?.exports as unknown);

export const terminalLine: Platform['terminalLine'] = () => {
  if (!process.stderr.isTTY) return undefined;
  return (text, isLast) => {
    process.stderr.write(`\r${text}\u001b[K${isLast ? '\n' : ''}`);
  };
};

export const askInTerminal: Platform['askInTerminal'] = (prompt) =>
  process.stdin.isTTY ? ask(prompt) : undefined;

async function ask(prompt: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(prompt);
  } finally {
    terminal.close();
  }
}

let vega: Vega | undefined;

export const vegaAtOnce: Platform['vegaAtOnce'] = () => {
  vega ??= requireVega();
  return vega;
};

/**
 * Vega loads Node's `punycode`, of which Node 21 to 23 warn on stderr: in a notebook's cell, a
 * grader takes that for a failure.
 */
function requireVega(): Vega {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    const { View, parse, SVGStringRenderer } = require('vega') as Vega;
    const { compile } = require('vega-lite') as Pick<Vega, 'compile'>;
    return { View, parse, SVGStringRenderer, compile };
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}
