import type TypeScript from 'typescript';
import { notImplemented } from '../../lessons/solution.js';
import type { ExercisePart } from '../../lessons/lesson.js';
import { ts } from '#typescript';

/** Under this name the checks' side finds the way to the answer. */
export const remoteName = 'inceptionLabAnswer';

export interface RemoteStub {
  /** The exercise's cell, with a call to the answer in place of each body. */
  readonly code: string;
  readonly functions: readonly string[];
  /** Whether it gives back what TensorFlow.js works with, so that it must not be the library's. */
  readonly builds: boolean;
}

/**
 * What stands for an exercise where it is checked.
 *
 * @throws Error if a solution does not stand in a function with a name
 */
export function remoteStub({ name, stub }: Pick<ExercisePart, 'name' | 'stub'>): RemoteStub {
  const file = fileOf(stub);
  const functions: string[] = [];
  let builds = false;
  const bodies: { start: number; end: number; text: string }[] = [];
  for (const { start, end, text } of gapsOf(file, stub)) {
    const declaration = enclosingFunction(file, start);
    const known = declaration?.name?.text;
    if (known === undefined) {
      throw new Error(
        `The solution of the exercise "${name}" is not inside a named function at the top level of its cell. ` +
          'Put it into one, so that it can be marked on its own.',
      );
    }
    functions.push(known);
    builds ||= givesTensors(declaration);
    bodies.push({ start, end, text: text(known) });
  }
  const code = bodies.reduceRight(
    (whole, { start, end, text }) => whole.slice(0, start) + text + whole.slice(end),
    stub,
  );
  return { code, functions, builds };
}

/** Whether an exercise's function gives back what TensorFlow.js works with: see `builds`. */
export function asksToBuild({ stub }: Pick<ExercisePart, 'stub'>): boolean {
  const file = fileOf(stub);
  return [...gapsOf(file, stub)].some(({ start }) => givesTensors(enclosingFunction(file, start)));
}

function givesTensors(declaration: TypeScript.FunctionDeclaration | undefined): boolean {
  return /\btf\./.test(declaration?.type?.getText() ?? '');
}

function fileOf(stub: string): TypeScript.SourceFile {
  return ts.createSourceFile('cell.ts', stub, ts.ScriptTarget.Latest, true);
}

function* gapsOf(file: TypeScript.SourceFile, stub: string) {
  for (let start = stub.indexOf(notImplemented); start >= 0;) {
    const end = start + notImplemented.length;
    const text = (name: string) =>
      `return (globalThis as any).${remoteName}(${JSON.stringify(name)}, [...arguments]) as any;`;
    yield { start, end, text };
    start = file.text.indexOf(notImplemented, end);
  }
}

/** The function at the cell's top level in whose body a place is. */
function enclosingFunction(
  file: TypeScript.SourceFile,
  place: number,
): TypeScript.FunctionDeclaration | undefined {
  return file.statements
    .filter((statement) => ts.isFunctionDeclaration(statement))
    .find(({ body }) => body && body.pos <= place && place < body.end);
}
