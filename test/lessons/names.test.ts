import assert from 'node:assert/strict';
import ts from 'typescript';
import { statementsOf } from '../../dist/grading/compile/statements.js';
import { readLessons } from '../../dist/lessons/catalogue.js';
import type { Lesson, LessonPart } from '../../dist/lessons/lesson.js';

describe("The lessons' names", () => {
  // A check that fails keeps what it declares for itself, under a stock tslab at least.
  it('come from no check but the cell’s own', async () => {
    assert.deepEqual((await readLessons()).flatMap(namesOfOtherChecks), []);
  });

  // Stock tslab writes JavaScript for `const [{ a: b }] = c` that does not run.
  it('come from no pattern within a pattern', async () => {
    const found = (await readLessons()).flatMap(({ slug, parts }) =>
      parts.flatMap((part) => nestedPatterns(codeOf(part)).map((text) => `${slug}: ${text}`)),
    );
    assert.deepEqual(found, []);
  });
});

/** Of a cell's own variables, those in blocks left out. */
function nestedPatterns(code: string): string[] {
  const file = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  return file.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter(({ name }) => !ts.isIdentifier(name) && name.elements.some(isNested))
    .map(({ name }) => name.getText(file));
}

function isNested(element: ts.ArrayBindingElement): boolean {
  return ts.isBindingElement(element) && !ts.isIdentifier(element.name);
}

/** `lesson: name (check)` for each name that a check declares and another cell uses. */
function namesOfOtherChecks({ slug, parts }: Lesson): string[] {
  const declaredBy = new Map<string, string>();
  const found = new Set<string>();
  for (const part of parts) {
    const statements = statementsOf(codeOf(part));
    const own = new Set(statements.flatMap(({ declares }) => [...declares]));
    for (const name of statements.flatMap(({ uses }) => [...uses])) {
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
