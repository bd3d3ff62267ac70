import type TypeScript from 'typescript';
import type { Completeness } from '../messages.js';
import { parseErrors } from './parse-errors.js';
import { ts } from '#typescript';

/** Whether a cell can be run as it is, goes on, or is wrong whatever follows: as tslab decides. */
export function completenessOf(code: string): Completeness {
  const errors = parseErrors(parse(code, ts.ScriptKind.TSX));
  const isForced = /(^|\n)\s*\n\s*$/.test(code);
  if (!isForced && errors.some((error) => isExpectedAtEnd(error, code.length))) {
    return { status: 'incomplete', indent: indentAfter(code) };
  }
  // tslab knows only of what is still expected.
  const others = parseErrors(parse(code, ts.ScriptKind.TS));
  if (others.length === 0) return { status: 'complete' };
  return others.some(isOpen) ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
}

function parse(code: string, kind: TypeScript.ScriptKind): TypeScript.SourceFile {
  return ts.createSourceFile('cell', code, ts.ScriptTarget.Latest, false, kind);
}

function isExpectedAtEnd(
  { start, length, messageText }: TypeScript.Diagnostic,
  end: number,
): boolean {
  if (start !== end || length !== 0) return false;
  return typeof messageText === 'string' && messageText.endsWith(' expected.');
}

function isOpen({ messageText }: TypeScript.Diagnostic): boolean {
  return typeof messageText === 'string' && messageText.startsWith('Unterminated template literal');
}

/** Of the line after the last one. */
function indentAfter(code: string): string {
  const line = /[^\n]*$/.exec(code)![0];
  const indent = /^\s*/.exec(line)![0];
  if (/^((?!.*?\/\*).*\*\/)?\s*[}\]].*$/.test(line)) return indent.replace(/ {2}$|[ \t]$/, '');
  const opens = /^((?!\/\/).)*(\{[^}"'`]*|\([^)"'`]*|\[[^\]"'`]*)$/.test(line);
  return opens ? `${indent}  ` : indent;
}
