import type TypeScript from 'typescript';
import { contextName, scopeName } from './names-in-cells.js';
import { ts } from '#typescript';

const { factory } = ts;

/** The statement whose value the cell has; types, functions and exports may follow it. */
export function lastExpression(
  statements: readonly TypeScript.Statement[],
): TypeScript.ExpressionStatement | undefined {
  const last = [...statements]
    .reverse()
    .find(
      (statement) =>
        !ts.isInterfaceDeclaration(statement) &&
        !ts.isTypeAliasDeclaration(statement) &&
        !ts.isFunctionDeclaration(statement) &&
        !ts.isExportDeclaration(statement) &&
        !ts.isEmptyStatement(statement),
    );
  return last && ts.isExpressionStatement(last) ? last : undefined;
}

/** `__scope__.name`, which stands where `name` stood. */
export function inScope(name: TypeScript.Identifier): TypeScript.PropertyAccessExpression {
  const access = factory.createPropertyAccessExpression(
    factory.createIdentifier(scopeName),
    name.text,
  );
  return ts.setTextRange(access, name);
}

/** `__cell__.name` */
export function contextMember(name: string): TypeScript.PropertyAccessExpression {
  return factory.createPropertyAccessExpression(factory.createIdentifier(contextName), name);
}

export function assign(
  name: TypeScript.Identifier,
  value: TypeScript.Expression,
): TypeScript.Statement {
  return factory.createExpressionStatement(factory.createAssignment(inScope(name), value));
}

/** What an import's name stands for, given its module. */
export function importedValue(
  { parent, text }: TypeScript.Identifier,
  module: TypeScript.Identifier,
): TypeScript.Expression {
  const call = (method: string) =>
    factory.createCallExpression(contextMember(method), undefined, [module]);
  if (ts.isImportClause(parent)) return call('default');
  if (ts.isNamespaceImport(parent)) return call('namespace');
  const imported = ts.isImportSpecifier(parent) ? (parent.propertyName?.text ?? text) : text;
  if (imported === 'default') return call('default');
  return factory.createPropertyAccessExpression(module, imported);
}

export function isTypeOnly({ parent }: TypeScript.Identifier): boolean {
  return ts.isImportSpecifier(parent) && parent.isTypeOnly;
}

export function isAmbient({ modifiers }: TypeScript.VariableStatement): boolean {
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

/** A function or class that is to take its variable's name. */
export function isNameless(node: TypeScript.Expression): boolean {
  if (ts.isArrowFunction(node)) return true;
  return (ts.isFunctionExpression(node) || ts.isClassExpression(node)) && !node.name;
}

export function isImportMeta(node: TypeScript.Node): boolean {
  return ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword;
}

/** Leaves out the modifiers of a declaration that are a module's. */
export function withoutExport(node: TypeScript.Node): TypeScript.Node | undefined {
  const { kind } = node;
  const isExport = kind === ts.SyntaxKind.ExportKeyword || kind === ts.SyntaxKind.DefaultKeyword;
  return isExport ? undefined : node;
}
