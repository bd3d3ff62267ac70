import type TypeScript from 'typescript';
import { ts } from '#typescript';
import type { CompilerWorld } from './world.js';

/** The compiler's options for cells: those of tslab, and what it lacks. */
export function compilerOptions({ globals }: CompilerWorld): TypeScript.CompilerOptions {
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
    newLine: ts.NewLineKind.LineFeed,
    // Nothing is written there; without it, JavaScript would seem to overwrite itself.
    outDir: '/compiled',
    rootDir: '/',
    ...globals,
  };
}
