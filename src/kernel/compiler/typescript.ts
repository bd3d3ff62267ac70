import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type TypeScript from 'typescript';
import { loadWithCodeCache } from './code-cache.js';

/** What the compiler has beyond its public declarations. */
interface Internals {
  /** Whether a node stands where a value is computed. */
  isExpressionNode(node: TypeScript.Node): boolean;
}

const tslab = createRequire(createRequire(import.meta.url).resolve('tslab'));

const compiler = loadWithCodeCache(tslab.resolve('@tslab/typescript-for-tslab'));

/** The compiler that tslab brings along, so that a cell means the same here as there. */
export const ts = compiler.exports as typeof TypeScript & Internals;

/** To be called when the compiler has been used, so that the next process need not warm up. */
export const { saveCode } = compiler;

/** The compiler's options for cells: those of tslab, and what it lacks. */
export function compilerOptions(cwd: string): TypeScript.CompilerOptions {
  return {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    module: ts.ModuleKind.CommonJS,
    // Reads the `exports` of packages too; tslab's Node10 does not.
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // Every cell is a module, also one that neither imports nor exports.
    moduleDetection: ts.ModuleDetectionKind.Force,
    esModuleInterop: true,
    resolveJsonModule: true,
    allowJs: true,
    jsx: ts.JsxEmit.React,
    experimentalDecorators: true,
    // Other cells use its members by name.
    preserveConstEnums: true,
    // What a cell declares is handed to the next one as a declaration.
    declaration: true,
    sourceMap: true,
    // The fork's own: without it, an `await` outside of a function would need another module kind.
    disableTopLevelAwait: true,
    noImplicitUseStrict: true,
    skipLibCheck: true,
    types: ['node'],
    newLine: ts.NewLineKind.LineFeed,
    // Nothing is written there; without it, JavaScript would seem to overwrite itself.
    outDir: '/compiled',
    rootDir: '/',
    typeRoots: typeRoots(cwd),
  };
}

/** Where Node's types are: the notebook's own, or those that tslab brings along. */
function typeRoots(cwd: string): string[] {
  const own = ts.getEffectiveTypeRoots({}, { ...ts.sys, getCurrentDirectory: () => cwd });
  return [...(own ?? []), dirname(dirname(tslab.resolve('@types/node/package.json')))];
}
