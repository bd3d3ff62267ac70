import compiler from '@tslab/typescript-for-tslab';
import type { TypeScriptCompiler } from '../compiler/typescript.js';

/** The compiler, as it is bundled for a worker. */
export const ts = compiler as TypeScriptCompiler;
