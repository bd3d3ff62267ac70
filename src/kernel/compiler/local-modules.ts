import type TypeScript from 'typescript';
import type { Code, CompiledModule } from './compiled.js';
import type { Look } from './program.js';
import { moduleContext } from './module-context.js';
import { ts } from '#typescript';

/** What the compiler keeps of a file beyond its public declarations. */
interface Resolved {
  readonly imports?: readonly { readonly text: string }[];
  readonly resolvedModules?: {
    get(specifier: string, mode: undefined): TypeScript.ResolvedModuleWithFailedLookupLocations;
  };
}

/** The files of the learner's own that cells import: compiled as they change. */
export class LocalModules {
  /** What those who run cells have: a file's path and version. */
  readonly #compiled = new Map<string, string>();
  /** What they will have once they have got the cell that was compiled last. */
  #pending = new Map<string, string>();

  /** All that a cell imports of them, directly or not. */
  reachable({ program, cell }: Look): TypeScript.SourceFile[] {
    const found = new Set<TypeScript.SourceFile>();
    const search = (file: TypeScript.SourceFile) => {
      for (const path of Object.values(pathsOf(file))) {
        const imported = program.getSourceFile(path);
        if (!imported || found.has(imported)) continue;
        found.add(imported);
        search(imported);
      }
    };
    search(cell);
    return [...found];
  }

  /** Those that are new or have changed, and those that import such a one. */
  compile({ program }: Look, files: readonly TypeScript.SourceFile[]): CompiledModule[] {
    const changed = new Set(
      files.filter((file) => this.#compiled.get(file.fileName) !== versionOf(file)),
    );
    const imports = (file: TypeScript.SourceFile) =>
      Object.values(pathsOf(file)).some((path) => changed.has(program.getSourceFile(path)!));
    for (let before = -1; before < changed.size;) {
      before = changed.size;
      for (const file of files.filter(imports)) changed.add(file);
    }
    this.#pending = new Map([...changed].map((file) => [file.fileName, versionOf(file)]));
    return [...changed].map((file) => {
      const { code } = emit(program, file, moduleContext);
      return { ...code, path: file.fileName };
    });
  }

  /** To be called when what was compiled last has been handed out: an interrupt may keep it back. */
  commit(): void {
    for (const [path, version] of this.#pending) this.#compiled.set(path, version);
    this.#pending.clear();
  }

  /** To be called when nothing is to be handed out of what was compiled last. */
  drop(): void {
    this.#pending.clear();
  }
}

/** A file as JavaScript; and its declarations. */
export function emit(
  program: TypeScript.Program,
  file: TypeScript.SourceFile,
  transformer: TypeScript.TransformerFactory<TypeScript.SourceFile>,
): { code: Code; declared: string } {
  let [javascript, map, declared] = ['', '', ''];
  const write = (path: string, text: string) => {
    if (path.endsWith('.d.ts')) declared = text;
    else if (path.endsWith('.map')) map = text;
    else javascript = text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '');
  };
  program.emit(file, write, undefined, false, { before: [transformer] });
  const { importedFiles } = ts.preProcessFile(javascript, true, true);
  const required = importedFiles.map(({ fileName }) => fileName);
  return { code: { javascript, map, source: file.text, required, paths: pathsOf(file) }, declared };
}

/** Which of a file's imports are files of the learner's own. */
function pathsOf(file: TypeScript.SourceFile): Record<string, string> {
  const { imports = [], resolvedModules } = file as Resolved;
  const paths = imports.map(({ text }) => [
    text,
    resolvedModules?.get(text, undefined).resolvedModule?.resolvedFileName ?? '',
  ]);
  return Object.fromEntries(paths.filter(([, path]) => isLocal(path!))) as Record<string, string>;
}

function isLocal(path: string): boolean {
  return (
    /\.[mc]?[jt]sx?$/.test(path) && !/\.d\.[mc]?ts$/.test(path) && !path.includes('/node_modules/')
  );
}

function versionOf(file: TypeScript.SourceFile): string {
  return (file as { version?: string }).version ?? '';
}
