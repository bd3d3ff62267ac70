import type TypeScript from 'typescript';
import { ts } from '#typescript';
import { inPlaceOf } from './in-place-of.js';
import { compilerOptions } from './options.js';
import type { CompilerWorld } from './world.js';

/** Packages that every notebook can import, wherever it lies: the kernel brings them along. */
const ownPackages = ['inception-lab', 'tslab'];

/**
 * The TypeScript program of a notebook: the cell that is looked at, the declarations of those before
 * it, the modules that cells have defined, and whatever these import.
 */
export class Program {
  readonly cellPath: string;
  readonly #previousPath: string;
  /** What the last cell imported, for whoever runs it again: to read a package anew takes a second. */
  readonly #lastPath: string;
  readonly #world: CompilerWorld;
  readonly #options: TypeScript.CompilerOptions;
  readonly #service: TypeScript.LanguageService;
  readonly #resolutions: TypeScript.ModuleResolutionCache;
  /** Files that are not on the disk. */
  readonly #virtual = new Map<string, { readonly text: string; readonly version: number }>();
  #version = 0;
  #looks = 0;
  /** How often anything but the cell has changed. */
  #surroundings = 0;
  #prepared: Prepared | undefined;
  readonly #snapshots = new Map<string, Snapshot>();
  #hasDocumentation = false;

  constructor(world: CompilerWorld) {
    const { cwd } = world;
    this.#world = world;
    this.cellPath = ts.combinePaths(cwd, '__cell__.ts');
    this.#previousPath = ts.combinePaths(cwd, '__previous__.d.ts');
    this.#lastPath = ts.combinePaths(cwd, '__last__.ts');
    this.#options = compilerOptions(world);
    this.#resolutions = ts.createModuleResolutionCache(cwd, (path) => path, this.#options);
    this.update('', '');
    const { documents = ts.createDocumentRegistry(true, cwd) } = world;
    this.#service = ts.createLanguageService(this.#host(), documents);
  }

  /** Sets the cell, and what the cells before it have declared. */
  update(cell: string, previous: string): void {
    this.#set(this.cellPath, cell);
    this.#set(this.#previousPath, previous);
  }

  /** Defines a module that other cells can import, as if it were a file beside the notebook. */
  addModule(name: string, text: string): string {
    const path = ts.combinePaths(this.#world.cwd, name);
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

  /**
   * Makes a program around an empty cell, whose place the next one can take. That is half of what a
   * cell costs, and nobody waits for it.
   *
   * @param previous what the cells before the next one will have declared
   */
  prepare(previous: string): void {
    const last = this.#read(this.cellPath);
    if (last) this.#set(this.#lastPath, importsIn(last));
    this.update('', previous);
    const surroundings = this.#surroundings;
    if (this.#prepared?.surroundings === surroundings) return;
    this.#prepared = { ...this.#build(), surroundings };
  }

  /** Looks at the cell; parsing and binding only what has changed. */
  look(): Look {
    return this.#lookAsPrepared() ?? this.#build();
  }

  /** Looks at the cell as an editor does, by places. */
  edit(): Editor {
    return { cell: this.#build().cell, service: this.#service };
  }

  #build(): Look {
    this.#prepared = undefined;
    // What could not be found before may be there now.
    this.#resolutions.clear();
    this.#looks++;
    const program = this.#service.getProgram()!;
    const cell = program.getSourceFile(this.cellPath)!;
    const previous = program.getSourceFile(this.#previousPath)!;
    return { program, cell: within(previous, cell), previous };
  }

  /** `undefined` if something else has changed, or the cell may refer to other files. */
  #lookAsPrepared(): Look | undefined {
    const prepared = this.#prepared;
    this.#prepared = undefined;
    if (prepared?.surroundings !== this.#surroundings || this.#hasOldFiles(prepared)) return;
    const { program, cell: empty, previous } = prepared;
    const cell = inPlaceOf(empty, this.#read(this.cellPath) ?? '', this.#options);
    return cell && { program, cell: within(previous, cell), previous };
  }

  /** Whether a file of the learner's own is another by now. */
  #hasOldFiles({ program }: Look): boolean {
    return program.getSourceFiles().some((file) => {
      const { fileName, version } = file as TypeScript.SourceFile & { readonly version: string };
      if (this.#virtual.has(fileName) || fileName.includes('/node_modules/')) return false;
      return this.#versionOf(fileName) !== version;
    });
  }

  #set(path: string, text: string): void {
    if (this.#virtual.get(path)?.text === text) return;
    this.#virtual.set(path, { text, version: ++this.#version });
    if (path !== this.cellPath) this.#surroundings++;
  }

  #host(): TypeScript.LanguageServiceHost {
    const { cwd, files, libraryPath, declared = [] } = this.#world;
    const host = {
      ...files,
      fileExists: (path: string) => this.#exists(path),
      readFile: (path: string) => this.#read(path),
    };
    return {
      ...host,
      getCompilationSettings: () => this.#options,
      getCurrentDirectory: () => cwd,
      getDefaultLibFileName: () => libraryPath,
      useCaseSensitiveFileNames: () => true,
      // Asked again before each answer; all files are compared only once for a look.
      getProjectVersion: () => String(this.#looks),
      getScriptFileNames: () => [...declared, ...this.#virtual.keys()],
      getScriptVersion: (path) => this.#versionOf(path),
      getScriptSnapshot: (path) => this.#snapshotOf(path),
      resolveModuleNameLiterals: (literals, importer) =>
        literals.map(({ text }) => this.#resolve(text, importer, host)),
    };
  }

  #resolve(
    specifier: string,
    importer: string,
    host: TypeScript.ModuleResolutionHost,
  ): TypeScript.ResolvedModuleWithFailedLookupLocations {
    // Node's own modules are declared, not found: to look for them takes a while.
    if (this.#world.isBuiltin(specifier)) return { resolvedModule: undefined };
    const from = (file: string) =>
      ts.resolveModuleName(specifier, file, this.#options, host, this.#resolutions);
    const found = from(importer);
    const isOwn = !found.resolvedModule && ownPackages.includes(specifier.split('/')[0]!);
    return isOwn ? from(this.#world.ownPath) : found;
  }

  /** The compiler asks for every file's text for every cell. */
  #snapshotOf(path: string): TypeScript.IScriptSnapshot | undefined {
    const version = this.#versionOf(path);
    const known = this.#snapshots.get(path);
    if (known?.version === version) return known.snapshot;
    const snapshot = this.#exists(path) ? this.#newSnapshot(path) : undefined;
    this.#snapshots.set(path, { version, snapshot });
    return snapshot;
  }

  /** Reads nothing yet: what has been parsed before is known by its version. */
  #newSnapshot(path: string): TypeScript.IScriptSnapshot {
    let known: string | undefined;
    const text = () => (known ??= this.#read(path) ?? '');
    return {
      getText: (start, end) => text().slice(start, end),
      getLength: () => text().length,
      // Of what earlier cells have declared, most is as it was, and need not be parsed again.
      getChangeRange: (old) =>
        path === this.#previousPath
          ? changeBetween(old.getText(0, old.getLength()), text())
          : undefined,
    };
  }

  #exists(path: string): boolean {
    return this.#virtual.has(path) || this.#world.files.fileExists(path);
  }

  #read(path: string): string | undefined {
    return (
      this.#virtual.get(path)?.text ?? this.#world.files.readFile(path, this.#hasDocumentation)
    );
  }

  #versionOf(path: string): string {
    const virtual = this.#virtual.get(path);
    if (virtual) return String(virtual.version);
    return this.#world.files.versionOf(path, this.#hasDocumentation);
  }
}

function importsIn(cell: string): string {
  const { importedFiles } = ts.preProcessFile(cell, true, true);
  return importedFiles.map(({ fileName }) => `import ${JSON.stringify(fileName)};`).join('\n');
}

/** The part in which two texts differ. */
function changeBetween(before: string, after: string): TypeScript.TextChangeRange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const length = before.length - start - end;
  return { span: { start, length }, newLength: after.length - start - end };
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
}

/** A program whose cell is empty. */
interface Prepared extends Look {
  readonly surroundings: number;
}

export interface Editor {
  readonly cell: TypeScript.SourceFile;
  readonly service: TypeScript.LanguageService;
}

/** A name that the cell does not declare is looked for in what encloses it, as in a block. */
function within(previous: TypeScript.SourceFile, cell: TypeScript.SourceFile): typeof cell {
  return Object.assign(cell, { parent: previous });
}
