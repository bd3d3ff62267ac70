import type TypeScript from 'typescript';
import { importedNames, isNamedDeclaration } from './names.js';
import { ts } from '#typescript';

/** What a name can stand for: a value, a type, or both at once. */
interface Declaration {
  readonly text: string;
  readonly isValue: boolean;
  readonly isType: boolean;
}

const printer = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed, removeComments: false });

/** What the cells have declared so far, as the next one sees it: declarations, a few a name. */
export class Declarations {
  readonly #byName: Map<string, readonly Declaration[]>;
  #text: string | undefined;

  constructor(entries: Iterable<readonly [string, readonly Declaration[]]> = []) {
    this.#byName = new Map(entries);
  }

  /** The text of a declaration file. */
  get text(): string {
    return (this.#text ??= this.#join());
  }

  clear(): void {
    this.#byName.clear();
    this.#text = undefined;
  }

  /** These, and what a cell has declared. */
  with(file: string): Declarations {
    const more = new Declarations(this.#byName);
    more.add(file);
    return more;
  }

  /**
   * Adds what a cell has declared; what had these names before is forgotten, except that a type and
   * a value may share one.
   *
   * @param file the declaration file that the compiler has made of the cell
   * @param isWanted which of its names; default: all
   */
  add(file: string, isWanted: (name: string) => boolean = () => true): void {
    this.#text = undefined;
    const source = ts.createSourceFile('cell.d.ts', file, ts.ScriptTarget.ES2022, true);
    const added = new Map<string, Declaration[]>();
    for (const statement of source.statements) {
      for (const [name, declaration] of declarationsOf(statement, source)) {
        // A type has no value that may be missing.
        if (declaration.isValue && !isWanted(name)) continue;
        added.set(name, [...(added.get(name) ?? []), declaration]);
      }
    }
    for (const [name, declarations] of added) {
      const older = (this.#byName.get(name) ?? []).filter(
        (old) =>
          !declarations.some((one) => (one.isValue && old.isValue) || (one.isType && old.isType)),
      );
      this.#byName.set(name, [...older, ...declarations]);
    }
  }

  #join(): string {
    const all = [...this.#byName.values()].flat().map(({ text }) => text);
    return ['export {};', ...all].join('\n');
  }
}

/** A statement of a declaration file, taken apart by names. */
function declarationsOf(
  statement: TypeScript.Statement,
  source: TypeScript.SourceFile,
): [name: string, declaration: Declaration][] {
  const print = (node: TypeScript.Node) => printer.printNode(ts.EmitHint.Unspecified, node, source);
  if (ts.isImportDeclaration(statement)) {
    return importedNames(statement).map((name) => [
      name.text,
      { text: print(importOf(name.text, statement)), isValue: true, isType: true },
    ]);
  }
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => {
      const list = ts.factory.createVariableDeclarationList(
        [declaration],
        statement.declarationList.flags,
      );
      const alone = ts.factory.createVariableStatement(ambient, list);
      return [print(declaration.name), { text: print(alone), isValue: true, isType: false }];
    });
  }
  if (!isNamedDeclaration(statement)) return [];
  const isType = !ts.isFunctionDeclaration(statement);
  const isValue = !ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement);
  return [[statement.name.text, { text: print(statement), isValue, isType }]];
}

const ambient = [ts.factory.createModifier(ts.SyntaxKind.DeclareKeyword)];

/** The same import of one name alone. */
function importOf(
  name: string,
  { importClause, moduleSpecifier }: TypeScript.ImportDeclaration,
): TypeScript.ImportDeclaration {
  const bindings = importClause?.namedBindings;
  const isDefault = importClause?.name?.text === name;
  const one =
    isDefault || !bindings
      ? undefined
      : ts.isNamespaceImport(bindings)
        ? bindings
        : ts.factory.createNamedImports(
            bindings.elements.filter((element) => element.name.text === name),
          );
  return ts.factory.createImportDeclaration(
    undefined,
    ts.factory.createImportClause(
      importClause?.isTypeOnly ?? false,
      isDefault ? importClause.name : undefined,
      one,
    ),
    moduleSpecifier,
  );
}
