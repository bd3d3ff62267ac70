import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import type { Code } from '../compiler/compiled.js';

/** Code as it was handed to the engine. */
export interface Compiled {
  /** What errors call it: `Cell [3]`, or a file, as seen from the notebook. */
  readonly name: string;
  readonly code: Code;
  /** How many lines stand before the code's first one. Default: 0 */
  readonly linesBefore?: number;
}

/** What of the cells and the learner's files stands where, by the names that the engine knows them by. */
const known = new Map<string, { readonly compiled: Compiled; map?: TraceMap }>();

/** Remembers where code came from, so that errors in it are reported there. */
export function rememberOrigin(fileName: string, compiled: Compiled): void {
  known.set(fileName, { compiled });
}

/** A place in what the learner has written; both numbers from 1. */
export interface Origin {
  readonly name: string;
  readonly source: string;
  readonly line: number;
  readonly column: number;
}

/** Where what stands at a place of compiled code comes from. */
export function originOf(fileName: string, line: number, column: number): Origin | undefined {
  const file = known.get(fileName);
  if (!file) return undefined;
  const { name, code, linesBefore = 0 } = file.compiled;
  file.map ??= new TraceMap(code.map);
  const found = originalPositionFor(file.map, { line: line - linesBefore, column: column - 1 });
  if (found.line === null) return undefined;
  return { name, source: code.source, line: found.line, column: found.column + 1 };
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
        frame.getScriptNameOrSourceURL(),
        frame.getLineNumber(),
        frame.getColumnNumber(),
      ];
      const words = `    at ${frame as unknown as string}`;
      if (!file || line === null || column === null) return words;
      const origin = originOf(file, line, column);
      if (!origin) return words;
      if (!origins.has(error)) origins.set(error, origin);
      const place = `${origin.name}:${origin.line}:${origin.column}`;
      return (
        words
          .replace(`${file}:${line}:${column}`, place)
          // How V8 calls a function without a name in what was evaluated.
          .replace(`eval (${place})`, place)
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
