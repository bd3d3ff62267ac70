import converter from 'tslab/dist/converter.js';
import type TypeScript from 'typescript';
import type { Completeness } from '../messages.js';
import { parseErrors } from './parse-errors.js';
import { ts } from './typescript.js';

/** Whether a cell can be run as it is, goes on, or is wrong whatever follows. */
export function completenessOf(code: string): Completeness {
  const { completed, indent = '' } = converter.isCompleteCode(code);
  if (!completed) return { status: 'incomplete', indent };
  const errors = parseErrors(ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest));
  if (errors.length === 0) return { status: 'complete' };
  // tslab knows only of what is still expected.
  return errors.some(isOpen) ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
}

function isOpen({ messageText }: TypeScript.Diagnostic): boolean {
  return typeof messageText === 'string' && messageText.startsWith('Unterminated template literal');
}
