import type TypeScript from 'typescript';
import { declaredNames, importedNames } from '../../kernel/compiler/names.js';
import { ts } from '#typescript';

/** One statement of a cell's top level: what it gives names to, and which names it needs. */
export interface StatementNames {
  readonly declares: ReadonlySet<string>;
  /** All names in it that may be variables of the notebook. */
  readonly uses: ReadonlySet<string>;
  /** Those of them that it does not declare itself, as parameters or within a function. */
  readonly free: ReadonlySet<string>;
  /** `b` of `a.b` and of `a['b']`. */
  readonly members: ReadonlySet<string>;
}

/** The names in a cell's statements. */
export function statementsOf(code: string): StatementNames[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) ? importsOf(statement) : [namesIn(statement)],
  );
}

/**
 * All names that are reachable from some, through the statements that declare them.
 *
 * @param by which of a statement's names lead on. Default: those that it does not declare itself
 */
export function reachable(
  from: Iterable<string>,
  statements: readonly StatementNames[],
  by: 'free' | 'uses' = 'free',
): Set<string> {
  const found = new Set(from);
  for (const name of found) {
    for (const statement of statements) {
      if (statement.declares.has(name)) for (const used of statement[by]) found.add(used);
    }
  }
  return found;
}

/** Each imported name by itself: `import { a as b }` makes b need a. */
function importsOf(statement: TypeScript.ImportDeclaration): StatementNames[] {
  return importedNames(statement).map(({ text, parent }) => {
    const imported = ts.isImportSpecifier(parent) ? parent.propertyName?.text : undefined;
    const uses = new Set(imported === undefined ? [] : [imported]);
    return { declares: new Set([text]), uses, free: uses, members: new Set() };
  });
}

function namesIn(statement: TypeScript.Statement): StatementNames {
  const declares = declaredNames({ statements: ts.factory.createNodeArray([statement]) });
  const [uses, local, members] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const visit = (node: TypeScript.Node) => {
    if (ts.isIdentifier(node)) {
      if (isMember(node)) members.add(node.text);
      else if (!isKey(node)) uses.add(node.text);
      if (isDeclared(node)) local.add(node.text);
    }
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      members.add(node.argumentExpression.text);
    }
    if (ts.isBindingElement(node) && node.propertyName) members.add(node.propertyName.getText());
    ts.forEachChild(node, visit);
  };
  visit(statement);
  const free = new Set([...uses].filter((name) => !local.has(name)));
  return { declares, uses, free, members };
}

function isMember(node: TypeScript.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function isKey(node: TypeScript.Identifier): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

/** Whether it names a parameter or a variable where it stands. */
function isDeclared(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isParameter(parent) || ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)) &&
    parent.name === node
  );
}
