import type TypeScript from 'typescript';
import { declaredNames, importedNames } from '../../kernel/compiler/names.js';
import { ts } from '#typescript';

/** One statement of a cell's top level: what it gives names to, and which names it needs. */
export interface StatementNames {
  readonly declares: ReadonlySet<string>;
  /**
   * Names in it that are not declared within: those of the notebook, of types, of the world; of an
   * import, {@link imported}.
   */
  readonly uses: ReadonlySet<string>;
  /** `a.b`, as that or as `a['b']` or `{ b } = a`, where `a` is a name. */
  readonly members: ReadonlySet<string>;
}

/** What a module exports, as names are that a cell uses; `*` is all of it. */
export function imported(module: string, name: string): string {
  return `${module}:${name}`;
}

/** The names in a cell's statements. */
export function statementsOf(code: string): StatementNames[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.flatMap((statement) =>
    ts.isImportDeclaration(statement) ? importsOf(statement) : [namesIn(statement)],
  );
}

/** All names that are reachable from some, through the statements that declare them. */
export function reachable(
  from: Iterable<string>,
  statements: readonly StatementNames[],
): Set<string> {
  const found = new Set(from);
  for (const name of found) {
    for (const { declares, uses } of statements) {
      if (declares.has(name)) for (const used of uses) found.add(used);
    }
  }
  return found;
}

/** Each imported name by itself: `import { a as b }` makes b need the module's a. */
function importsOf(statement: TypeScript.ImportDeclaration): StatementNames[] {
  const { text: module } = statement.moduleSpecifier as TypeScript.StringLiteral;
  return importedNames(statement).map(({ text, parent }) => {
    const name = ts.isImportSpecifier(parent) ? (parent.propertyName?.text ?? text) : '*';
    return {
      declares: new Set([text]),
      uses: new Set([imported(module, name)]),
      members: new Set(),
    };
  });
}

function namesIn(statement: TypeScript.Statement): StatementNames {
  const declares = declaredNames({ statements: ts.factory.createNodeArray([statement]) });
  const [uses, members] = [new Set<string>(), new Set<string>()];
  const local = localNames(statement);
  const visit = (node: TypeScript.Node) => {
    if (ts.isIdentifier(node)) {
      if (!isMember(node) && !isKey(node) && !isLocal(node, local)) uses.add(node.text);
    }
    for (const member of membersIn(node)) members.add(member);
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return { declares, uses, members };
}

function membersIn(node: TypeScript.Node): string[] {
  if (ts.isPropertyAccessExpression(node))
    return [`${node.expression.getText()}.${node.name.text}`];
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return [`${node.expression.getText()}.${node.argumentExpression.text}`];
  }
  if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name)) {
    const from = node.initializer?.getText() ?? '';
    return node.name.elements.map(
      ({ name, propertyName }) => `${from}.${(propertyName ?? name).getText()}`,
    );
  }
  return [];
}

/** Whether it is the `b` of `a.b`. */
export function isMember(node: TypeScript.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function isKey(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  const isElement =
    ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isNamedTupleMember(parent);
  return isElement && parent.name === node;
}

type Scopes = ReadonlyMap<TypeScript.Node, ReadonlySet<string>>;

/** By the function or block in which they can be seen: parameters, and what is declared within. */
function localNames(statement: TypeScript.Statement): Scopes {
  const scopes = new Map<TypeScript.Node, Set<string>>();
  const visit = (node: TypeScript.Node) => {
    if (ts.isIdentifier(node) && isDeclared(node)) {
      const scope = scopeOf(node, statement);
      if (scope) scopes.set(scope, (scopes.get(scope) ?? new Set()).add(node.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return scopes;
}

/** Whether it names a parameter, a variable or a function where it stands. */
function isDeclared(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isParameter(parent) ||
      ts.isVariableDeclaration(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isClassDeclaration(parent)) &&
    parent.name === node
  );
}

/** `undefined` for what belongs to the notebook. */
function scopeOf(
  name: TypeScript.Identifier,
  statement: TypeScript.Statement,
): TypeScript.Node | undefined {
  // A function's own name is seen where it stands, not only within.
  const isNamed = ts.isFunctionDeclaration(name.parent) || ts.isClassDeclaration(name.parent);
  let node: TypeScript.Node = isNamed ? name.parent : name;
  while (node !== statement) {
    node = node.parent;
    const isLoop =
      ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node);
    if (ts.isFunctionLike(node) || ts.isBlock(node) || ts.isCatchClause(node) || isLoop)
      return node;
  }
  return undefined;
}

function isLocal(name: TypeScript.Identifier, scopes: Scopes): boolean {
  let node: TypeScript.Node = name;
  while (!ts.isSourceFile(node)) {
    node = node.parent;
    if (scopes.get(node)?.has(name.text)) return true;
  }
  return false;
}
