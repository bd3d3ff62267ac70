import type TypeScript from 'typescript';

/** What is wrong with a file's syntax. */
export function parseErrors(file: TypeScript.SourceFile): readonly TypeScript.Diagnostic[] {
  // The compiler keeps it there, and does not say so in its declarations.
  return (file as unknown as { parseDiagnostics: TypeScript.Diagnostic[] }).parseDiagnostics;
}
