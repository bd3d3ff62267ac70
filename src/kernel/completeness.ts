import { createRequire } from 'node:module';
import converter from 'tslab/dist/converter.js';
import type { Completeness } from './messages.js';

/** What we use of the compiler that tslab brings along. */
interface TypeScript {
  readonly ScriptTarget: { readonly Latest: number };
  createSourceFile(name: string, code: string, target: number): SourceFile;
}

interface SourceFile {
  readonly parseDiagnostics: readonly { readonly messageText: unknown }[];
}

const tslab = createRequire(createRequire(import.meta.url).resolve('tslab'));
const ts = tslab('@tslab/typescript-for-tslab') as TypeScript;

/** Whether a cell can be run as it is, goes on, or is wrong whatever follows. */
export function completenessOf(code: string): Completeness {
  const { completed, indent = '' } = converter.isCompleteCode(code);
  if (!completed) return { status: 'incomplete', indent };
  const { parseDiagnostics } = ts.createSourceFile('cell.ts', code, ts.ScriptTarget.Latest);
  if (parseDiagnostics.length === 0) return { status: 'complete' };
  // tslab knows only of what is still expected.
  const isOpen = parseDiagnostics.some(({ messageText }) =>
    String(messageText).startsWith('Unterminated template literal'),
  );
  return isOpen ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
}
