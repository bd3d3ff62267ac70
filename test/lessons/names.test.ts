import assert from 'node:assert/strict';
import ts from 'typescript';
import { readLessons } from '../../dist/lessons/catalogue.js';
import type { Lesson, LessonPart } from '../../dist/lessons/lesson.js';

describe("The lessons' names", () => {
  // A check that fails keeps what it declares for itself, under a stock tslab at least.
  it('come from no check but the cell’s own', async () => {
    const borrowed = (await readLessons()).flatMap(namesOfOtherChecks);
    assert.deepEqual(borrowed, []);
  });
});

/** `lesson: name (check)` for each name that a check declares and another cell uses. */
function namesOfOtherChecks({ slug, parts }: Lesson): string[] {
  const declaredBy = new Map<string, string>();
  const found = new Set<string>();
  for (const part of parts) {
    const file = ts.createSourceFile('cell.ts', codeOf(part), ts.ScriptTarget.Latest, true);
    const own = namesDeclared(file);
    for (const name of namesUsed(file)) {
      const check = declaredBy.get(name);
      if (check !== undefined && !own.has(name)) found.add(`${slug}: ${name} (${check})`);
    }
    for (const name of own) declaredBy.delete(name);
    if (part.kind === 'check') for (const name of own) declaredBy.set(name, part.exercise);
  }
  return [...found];
}

function codeOf(part: LessonPart): string {
  if (part.kind === 'text') return '';
  return part.kind === 'exercise' ? part.solution : part.code;
}

/** What a cell declares at its top level. */
function namesDeclared(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const add = (name: ts.BindingName) => {
    if (ts.isIdentifier(name)) names.add(name.text);
    else for (const part of name.elements) if (ts.isBindingElement(part)) add(part.name);
  };
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) add(name);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (statement.name) names.add(statement.name.text);
    }
  }
  return names;
}

/** The names that stand for values: no properties, and none that an inner scope declares. */
function namesUsed(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const inner = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isParameter(node) || ts.isBindingElement(node) || ts.isVariableDeclaration(node)) {
      if (ts.isIdentifier(node.name)) inner.add(node.name.text);
    }
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isProperty =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isBindingElement(parent) && parent.propertyName === node) ||
        ts.isPropertySignature(parent);
      if (!isProperty) names.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const name of inner) names.delete(name);
  return names;
}
