import type TypeScript from 'typescript';
import { ts } from '#typescript';

/** The names that a cell declares for the cells behind it. */
export function declaredNames(cell: Pick<TypeScript.SourceFile, 'statements'>): Set<string> {
  const names = new Set<string>();
  for (const statement of cell.statements) collect(statement, names);
  return names;
}

function collect(statement: TypeScript.Statement, names: Set<string>): void {
  if (ts.isImportDeclaration(statement)) {
    for (const { text } of importedNames(statement)) names.add(text);
  } else if (ts.isVariableStatement(statement)) {
    for (const { text } of variableNames(statement.declarationList)) names.add(text);
  } else if (isNamedDeclaration(statement)) {
    names.add(statement.name.text);
  } else {
    collectVars(statement, names);
  }
}

/** A `var` within a block or a loop belongs to the whole cell. */
function collectVars(node: TypeScript.Node, names: Set<string>): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
  if (ts.isVariableDeclarationList(node) && !isBlockScoped(node)) {
    for (const { text } of variableNames(node)) names.add(text);
  }
  ts.forEachChild(node, (child) => {
    collectVars(child, names);
  });
}

export function isBlockScoped({ flags }: TypeScript.VariableDeclarationList): boolean {
  return (flags & ts.NodeFlags.BlockScoped) !== 0;
}

export function importedNames({
  importClause,
}: TypeScript.ImportDeclaration): TypeScript.Identifier[] {
  if (!importClause) return [];
  const { name, namedBindings } = importClause;
  const others = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [namedBindings.name]
      : namedBindings.elements.map((element) => element.name);
  return name ? [name, ...others] : others;
}

export function variableNames({
  declarations,
}: TypeScript.VariableDeclarationList): TypeScript.Identifier[] {
  return declarations.flatMap(({ name }) => boundNames(name));
}

function boundNames(name: TypeScript.BindingName): TypeScript.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) =>
    ts.isOmittedExpression(element) ? [] : boundNames(element.name),
  );
}

type NamedDeclaration = TypeScript.Statement & { readonly name: TypeScript.Identifier };

/** A function, class, enumeration, namespace, interface or type with a name. */
export function isNamedDeclaration(statement: TypeScript.Statement): statement is NamedDeclaration {
  const isDeclaration =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isImportEqualsDeclaration(statement);
  return isDeclaration && statement.name !== undefined && ts.isIdentifier(statement.name);
}

/** The names that a cell exports itself. */
export function exportedNames(cell: TypeScript.SourceFile): Set<string> {
  const names = new Set<string>();
  for (const statement of cell.statements) {
    const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
    if (modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      collect(statement, names);
    } else if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement;
      if (!exportClause || !ts.isNamedExports(exportClause)) continue;
      for (const { name } of exportClause.elements) names.add(name.text);
    }
  }
  return names;
}
