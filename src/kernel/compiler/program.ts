import { posix, sep } from 'node:path';
import { createRequire, isBuiltin } from 'node:module';
import type TypeScript from 'typescript';
import { compilerOptions, ts } from './typescript.js';

/** Packages that every notebook can import, wherever it lies: the kernel brings them along. */
const ownPackages = ['inception-lab', 'tslab'];

/** From where the kernel's own packages are found. */
const ownFile = createRequire(import.meta.url).resolve('../../index.js');

/**
 * The TypeScript program of a notebook: the cell that is looked at, the declarations of those before
 * it, the modules that cells have defined, and whatever these import.
 */
export class Program {
  readonly cellPath: string;
  readonly #previousPath: string;
  readonly #cwd: string;
  readonly #options: TypeScript.CompilerOptions;
  readonly #service: TypeScript.LanguageService;
  readonly #resolutions: TypeScript.ModuleResolutionCache;
  /** Files that are not on the disk. */
  readonly #virtual = new Map<string, { readonly text: string; readonly version: number }>();
  #version = 0;
  readonly #snapshots = new Map<string, Snapshot>();
  #hasDocumentation = false;

  constructor(cwd: string) {
    // The compiler's paths have slashes everywhere.
    this.#cwd = cwd.replaceAll(sep, '/');
    this.cellPath = posix.join(this.#cwd, '__cell__.ts');
    this.#previousPath = posix.join(this.#cwd, '__previous__.d.ts');
    this.#options = compilerOptions(this.#cwd);
    this.#resolutions = ts.createModuleResolutionCache(this.#cwd, (path) => path, this.#options);
    this.update('', '');
    this.#service = ts.createLanguageService(this.#host(), ts.createDocumentRegistry(true, cwd));
  }

  /** Sets the cell, and what the cells before it have declared. */
  update(cell: string, previous: string): void {
    this.#set(this.cellPath, cell);
    this.#set(this.#previousPath, previous);
  }

  /** Defines a module that other cells can import, as if it were a file beside the notebook. */
  addModule(name: string, text: string): string {
    const path = posix.join(this.#cwd, name);
    this.#set(path, text);
    return path;
  }

  /**
   * Reads the comments of packages too, which takes a second once: until somebody wants to see them,
   * they are left out.
   */
  readDocumentation(): void {
    this.#hasDocumentation = true;
  }

  /** Looks at the cell; parsing and binding only what has changed. */
  look(): Look {
    // What could not be found before may be there now.
    this.#resolutions.clear();
    const program = this.#service.getProgram()!;
    const cell = program.getSourceFile(this.cellPath)!;
    const previous = program.getSourceFile(this.#previousPath)!;
    // A name that the cell does not declare is looked for in what encloses it, as in a block.
    (cell as { parent: TypeScript.Node }).parent = previous;
    return { program, cell, previous, service: this.#service };
  }

  #set(path: string, text: string): void {
    if (this.#virtual.get(path)?.text === text) return;
    this.#virtual.set(path, { text, version: ++this.#version });
  }

  #host(): TypeScript.LanguageServiceHost {
    const { sys } = ts;
    const fileExists = (path: string) => this.#virtual.has(path) || sys.fileExists(path);
    const readFile = (path: string) => this.#virtual.get(path)?.text ?? sys.readFile(path);
    const readSource = (path: string) => {
      const text = readFile(path);
      return text && !this.#hasDocumentation && isDeclaration(path) ? withoutComments(text) : text;
    };
    const host = { ...sys, fileExists, readFile };
    return {
      ...host,
      getCompilationSettings: () => this.#options,
      getCurrentDirectory: () => this.#cwd,
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      useCaseSensitiveFileNames: () => true,
      getScriptFileNames: () => [...this.#virtual.keys()],
      getScriptVersion: (path) => this.#versionOf(path),
      getScriptSnapshot: (path) => this.#snapshotOf(path, readSource),
      resolveModuleNameLiterals: (literals, importer) => {
        const from = (file: string, name: string) =>
          ts.resolveModuleName(name, file, this.#options, host, this.#resolutions);
        return literals.map(({ text }) => {
          // Node's own modules are declared, not found: to look for them takes a while.
          if (isBuiltin(text)) return { resolvedModule: undefined };
          const found = from(importer, text);
          const isOwn = !found.resolvedModule && ownPackages.includes(text.split('/')[0]!);
          return isOwn ? from(ownFile, text) : found;
        });
      },
    };
  }

  /** The compiler asks for every file's text for every cell. */
  #snapshotOf(
    path: string,
    read: (path: string) => string | undefined,
  ): TypeScript.IScriptSnapshot | undefined {
    const version = this.#versionOf(path);
    const known = this.#snapshots.get(path);
    if (known?.version === version) return known.snapshot;
    const text = read(path);
    const snapshot = text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(path, { version, snapshot });
    return snapshot;
  }

  /** Of a learner's file the time of its last change; packages stay as they are. */
  #versionOf(path: string): string {
    const virtual = this.#virtual.get(path);
    if (virtual) return String(virtual.version);
    if (path.includes('/node_modules/')) return this.#hasDocumentation ? 'documented' : 'bare';
    return String(ts.sys.getModifiedTime?.(path)?.getTime());
  }
}

interface Snapshot {
  readonly version: string;
  readonly snapshot: TypeScript.IScriptSnapshot | undefined;
}

/** The program as it is now. */
export interface Look {
  readonly program: TypeScript.Program;
  readonly cell: TypeScript.SourceFile;
  readonly previous: TypeScript.SourceFile;
  readonly service: TypeScript.LanguageService;
}

function isDeclaration(path: string): boolean {
  return path.endsWith('.d.ts') && path.includes('/node_modules/');
}

/** Most of a package's declarations is what explains them. */
function withoutComments(declarations: string): string {
  return declarations.replace(/\/\*\*[^]*?\*\//g, '');
}
