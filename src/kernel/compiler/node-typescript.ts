import { loadWithCodeCache } from './code-cache.js';
import { nodePlaces } from './node-places.js';
import type { TypeScriptCompiler } from './typescript.js';

const compiler = loadWithCodeCache(nodePlaces().compiler);

/** The compiler that tslab brings along, so that a cell means the same here as there. */
export const ts = compiler.exports as TypeScriptCompiler;

/** To be called when the compiler has been used, so that the next process need not warm up. */
export const { saveCode } = compiler;
