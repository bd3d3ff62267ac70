import { createRequire } from 'node:module';
import { loadWithCodeCache } from './code-cache.js';
import type { TypeScriptCompiler } from './typescript.js';

const tslab = createRequire(createRequire(import.meta.url).resolve('tslab'));

const compiler = loadWithCodeCache(tslab.resolve('@tslab/typescript-for-tslab'));

/** The compiler that tslab brings along, so that a cell means the same here as there. */
export const ts = compiler.exports as TypeScriptCompiler;

/** To be called when the compiler has been used, so that the next process need not warm up. */
export const { saveCode } = compiler;
