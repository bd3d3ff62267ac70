import type TypeScript from 'typescript';
import { declaredNames } from '../../kernel/compiler/names.js';
import { ts } from '#typescript';

/** One statement of a cell's top level: what it gives names to, and which names it needs. */
export interface StatementNames {
  readonly declares: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
}

/**
 * The names in a cell's statements; types are not told from values, so there may be a few too many.
 *
 * @param members whether `b` of `a.b` and of `a['b']` counts as used. Default: `false`
 */
export function statementsOf(code: string, members = false): StatementNames[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest, true);
  return file.statements.map((statement) => ({
    declares: declaredNames({ statements: ts.factory.createNodeArray([statement]) }),
    uses: usedNames(statement, members),
  }));
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

function usedNames(statement: TypeScript.Node, members: boolean): Set<string> {
  const names = new Set<string>();
  const visit = (node: TypeScript.Node) => {
    if (ts.isIdentifier(node) && (members || !isProperty(node))) names.add(node.text);
    if (members && ts.isElementAccessExpression(node)) {
      const { argumentExpression: key } = node;
      if (ts.isStringLiteralLike(key)) names.add(key.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return names;
}

/** Whether an identifier names a part of something, not a variable. */
function isProperty(node: TypeScript.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) && parent.name === node;
}
