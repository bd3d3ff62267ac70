import { SourceMap } from 'node:module';
import { relative } from 'node:path';
import type { Code } from '../compiler/compiled.js';

/** What of the cells and the learner's files stands where, by the names that Node knows them by. */
const known = new Map<string, { readonly code: Code; map?: SourceMap }>();

/** Remembers where code came from, so that errors in it are reported there. */
export function rememberOrigin(fileName: string, code: Code): void {
  known.set(fileName, { code });
}

/** A place in what the learner has written; both numbers from 1. */
export interface Origin {
  /** `Cell [3]`, or a file, as seen from the notebook. */
  readonly name: string;
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

function originOf(fileName: string, line: number, column: number): Origin | undefined {
  const file = known.get(fileName);
  if (!file) return undefined;
  file.map ??= new SourceMap(
    JSON.parse(file.code.map) as ConstructorParameters<typeof SourceMap>[0],
  );
  const entry = file.map.findEntry(line - 1, column - 1);
  if (!('originalLine' in entry)) return undefined;
  return {
    name: displayName(fileName),
    source: file.code.source,
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}

function displayName(fileName: string): string {
  return fileName.startsWith('/') ? relative(process.cwd(), fileName) : fileName;
}

/** Where errors came from: the topmost place that is the learner's. */
const origins = new WeakMap<Error, Origin>();

export function originOfError(error: Error): Origin | undefined {
  // Its stack is looked at first, since only then it is put into words.
  return typeof error.stack === 'string' ? origins.get(error) : undefined;
}

/** Makes every error's stack tell places in cells, as the learner has written them. */
export function reportOrigins(): void {
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => {
      const [file, line, column] = [
        frame.getFileName(),
        frame.getLineNumber(),
        frame.getColumnNumber(),
      ];
      const words = `    at ${frame as unknown as string}`;
      if (file == null || line === null || column === null) return words;
      const origin = originOf(file, line, column);
      if (!origin) return words;
      if (!origins.has(error)) origins.set(error, origin);
      return words.replace(
        `${file}:${line}:${column}`,
        `${origin.name}:${origin.line}:${origin.column}`,
      );
    });
    return [headline(error), ...lines].join('\n');
  };
}

function headline(error: Error): string {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}
