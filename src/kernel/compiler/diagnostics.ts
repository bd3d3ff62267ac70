import type TypeScript from 'typescript';
import { codeFrame, type Place } from '../code-frame.js';
import type { CellError } from '../../notebook/notebook.js';
import type { Diagnostic } from '../messages.js';
import { ts } from '#typescript';

/** `await` and `for await` where no function is. In a notebook that is no error. */
const awaits = new Set([1103, 1308, 1378, 1432]);

/** Nor is `import.meta`, though modules are CommonJS, or a variable called `require`. */
const allowed = new Set([1343, 2441]);

/** Whether it says that the cell waits for something, outside of all functions. */
export function isTopLevelAwait({ code, file, start }: TypeScript.Diagnostic): boolean {
  return (
    awaits.has(code) && file !== undefined && start !== undefined && !isInFunction(file, start)
  );
}

function isInFunction(file: TypeScript.SourceFile, place: number): boolean {
  const enclosing = (node: TypeScript.Node): boolean =>
    ts.forEachChild(node, (child) => {
      if (place < child.getFullStart() || place >= child.getEnd()) return false;
      return isFunctionBody(child) || enclosing(child);
    }) ?? false;
  return enclosing(file);
}

function isFunctionBody(node: TypeScript.Node): boolean {
  return ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node);
}

/** Those that keep a cell from being run. */
export function errorsAmong(
  diagnostics: readonly TypeScript.Diagnostic[],
): TypeScript.Diagnostic[] {
  return diagnostics.filter((diagnostic) => {
    if (diagnostic.category !== ts.DiagnosticCategory.Error) return false;
    if (awaits.has(diagnostic.code)) return !isTopLevelAwait(diagnostic);
    return !allowed.has(diagnostic.code);
  });
}

/** “Cannot find module”: with its declarations, or without. */
const notFound = new Set([2307, 2792, 7016]);

/** Of an import of a package that is not there, puts in other words what is wrong with it. */
export function tellMissing(
  diagnostic: TypeScript.Diagnostic,
  words: (specifier: string) => string,
): TypeScript.Diagnostic {
  const { code, file, start = 0, length = 0 } = diagnostic;
  const specifier = file?.text.slice(start + 1, start + length - 1) ?? '';
  if (!notFound.has(code) || /^[./]/.test(specifier)) return diagnostic;
  return { ...diagnostic, messageText: words(specifier) };
}

/** What the learner calls a file, and has written there. */
export interface Origin {
  readonly name: string;
  readonly source: string;
}

/** All of a cell's errors as one, named after the first: `TS2322`. */
export function asCellError(
  diagnostics: readonly TypeScript.Diagnostic[],
  originOf: (file: TypeScript.SourceFile) => Origin,
): CellError {
  const traceback = diagnostics.flatMap((diagnostic) => {
    const headline = `TS${diagnostic.code}: ${messageOf(diagnostic)}`;
    const { file, start, length = 0 } = diagnostic;
    if (!file || start === undefined) return [headline, ''];
    const [from, to] = [start, start + length].map((place) => {
      const { line, character } = file.getLineAndCharacterOfPosition(place);
      return { line: line + 1, column: character + 1 };
    }) as [Place, Place];
    const { name, source } = originOf(file);
    return [
      headline,
      `    at ${name}:${from.line}:${from.column}`,
      codeFrame(source, from, to),
      '',
    ];
  });
  const [first] = diagnostics;
  return {
    ename: `TS${first!.code}`,
    evalue: messageOf(first!),
    traceback: traceback.slice(0, -1),
  };
}

/** An error by its place in the cell, for who underlines it. */
export function asDiagnostic(diagnostic: TypeScript.Diagnostic): Diagnostic {
  const { start = 0, length = 0 } = diagnostic;
  return { start, end: start + length, message: messageOf(diagnostic), severity: 'error' };
}

function messageOf({ messageText }: TypeScript.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, '\n');
}
