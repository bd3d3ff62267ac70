import inspection from 'tslab/dist/inspect.js';
import metadata from 'tslab/dist/metadata.js';
import type TypeScript from 'typescript';
import { ts } from '#typescript';
import type { Completion, Diagnostic } from '../messages.js';
import type { Compilation, CompiledCell } from './compiled.js';
import { completionOf } from './completion.js';
import { Declarations } from './declarations.js';
import {
  asCellError,
  asDiagnostic,
  errorsAmong,
  isTopLevelAwait,
  tellMissing,
  type Origin,
} from './diagnostics.js';
import { emit, LocalModules } from './local-modules.js';
import { declaredNames, exportedNames } from './names.js';
import { parseErrors } from './parse-errors.js';
import { Program, type Editor, type Look } from './program.js';
import { notebookScope } from './notebook-scope.js';
import type { CompilerWorld } from './world.js';

/** A cell that does nothing, since it has only defined a module. */
const nothing: CompiledCell = {
  ...{ javascript: '', map: '', source: '', required: [], paths: {} },
  ...{ isAsync: false, names: [], modules: [] },
};

/** Compiles a notebook's cells, one after another; each sees what those before it have declared. */
export class Compiler {
  readonly #world: CompilerWorld;
  readonly #program: Program;
  #declarations = new Declarations();
  readonly #modules = new LocalModules();
  /** The declaration file of the cell that was compiled last. */
  #declared = '';
  /** What there will be if that cell runs to its end. */
  #expected: Declarations | undefined;

  constructor(world: CompilerWorld) {
    this.#world = world;
    this.#program = new Program(world);
  }

  /**
   * Checks and compiles a cell.
   *
   * @param name what errors call it: `Cell [3]`
   */
  compile(code: string, name: string): Compilation {
    this.#forget();
    const { module, jsx, mode } = metadata.getCodeMetadata(code);
    if (mode === 'browser') return { cell: nothing };
    if (module !== undefined) return this.#addModule(`${module}.ts${jsx ? 'x' : ''}`, code, name);

    const parsed = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
    const broken = parseErrors(parsed);
    if (broken.length > 0) return { error: asCellError(broken, () => ({ name, source: code })) };
    const names = declaredNames(parsed);
    // What is not exported would be missing among the cell's declarations.
    const exported = [...names].filter((one) => !exportedNames(parsed).has(one));
    const look = this.#look(`${code}\nexport { ${exported.join(', ')} };`);
    const files = this.#modules.reachable(look);
    const diagnostics = this.#diagnosticsOf(look, [look.cell, ...files]);
    const errors = errorsAmong(diagnostics);
    if (errors.length > 0) {
      const originOf = (file: TypeScript.SourceFile) =>
        file === look.cell ? { name, source: code } : this.#originOf(file);
      return { error: asCellError(errors, originOf) };
    }
    const transformer = notebookScope(look.program.getTypeChecker(), look.previous);
    const emitted = emit(look.program, look.cell, transformer);
    this.#declared = emitted.declared;
    return {
      cell: {
        ...emitted.code,
        source: code,
        isAsync: diagnostics.some(isTopLevelAwait),
        names: [...names],
        modules: this.#modules.compile(look, files),
      },
    };
  }

  /**
   * Keeps what the cell compiled last has declared, for the cells behind it; to be called when it
   * has been run.
   *
   * @param known which of its values it got to, if it failed
   */
  commit(known: readonly string[] | 'all'): void {
    if (known === 'all') this.#declarations = this.#declarationsToCome();
    else this.#declarations.add(this.#declared, (name) => known.includes(name));
    this.#modules.commit();
    this.#nothingIsToCome();
  }

  /** Makes ready for the next cell, as if the one compiled last will run to its end. */
  prepare(): void {
    this.#program.prepare(this.#declarationsToCome().text);
  }

  /** What the cell compiled last has declared, for {@link declare}. */
  get declared(): string {
    return this.#declared;
  }

  /** Takes a cell as compiled that was so before, and declared this. */
  declare(declared: string): void {
    this.#declarations.add(declared);
  }

  /** Begins anew: as if no cell had been compiled. */
  startOver(): void {
    this.#declarations.clear();
    this.#forget();
  }

  /** What could stand at a place of a cell: its offset in UTF-16 code units. */
  complete(code: string, place: number): Completion {
    return completionOf(this.#edit(code), place);
  }

  /** What is known of what stands at a place of a cell. */
  inspect(code: string, place: number): string | undefined {
    this.#program.readDocumentation();
    const { service, cell } = this.#edit(code);
    const info = service.getQuickInfoAtPosition(cell.fileName, place);
    return info && inspection.printQuickInfo(info);
  }

  /** What would keep a cell from being run. */
  diagnose(code: string): Diagnostic[] {
    const look = this.#look(code);
    return errorsAmong(this.#diagnosticsOf(look, [look.cell])).map(asDiagnostic);
  }

  /** Of the cell compiled last nothing is kept: it was not run. */
  #forget(): void {
    this.#nothingIsToCome();
    this.#modules.drop();
  }

  #declarationsToCome(): Declarations {
    if (this.#declared === '') return this.#declarations;
    return (this.#expected ??= this.#declarations.with(this.#declared));
  }

  #nothingIsToCome(): void {
    this.#declared = '';
    this.#expected = undefined;
  }

  #look(cell: string): Look {
    this.#program.update(cell, this.#declarations.text);
    return this.#program.look();
  }

  #edit(cell: string): Editor {
    this.#program.update(cell, this.#declarations.text);
    return this.#program.edit();
  }

  /** A cell `/** @module name *\/` is a file that later cells import as `./name`. */
  #addModule(file: string, code: string, name: string): Compilation {
    const path = this.#program.addModule(file, code);
    const look = this.#program.look();
    const module = look.program.getSourceFile(path)!;
    const errors = errorsAmong(this.#diagnosticsOf(look, [module]));
    if (errors.length === 0) return { cell: nothing };
    return { error: asCellError(errors, () => ({ name, source: code })) };
  }

  #originOf({ fileName, text }: TypeScript.SourceFile): Origin {
    const name = ts.getRelativePathFromDirectory(this.#world.cwd, fileName, false);
    return { name, source: text };
  }

  #diagnosticsOf(
    { program }: Look,
    files: readonly TypeScript.SourceFile[],
  ): TypeScript.Diagnostic[] {
    const found = files.flatMap((file): readonly TypeScript.Diagnostic[] => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
      ...program.getDeclarationDiagnostics(file),
    ]);
    const { missing } = this.#world;
    return missing ? found.map((diagnostic) => tellMissing(diagnostic, missing)) : found;
  }
}
