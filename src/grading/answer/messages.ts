import type { CompiledCell } from '../../kernel/compiler/compiled.js';
import type { Packed } from '../values/packed.js';

/** What the process in which answers run is asked for. */
export type AnswerRequest =
  | {
      readonly type: 'cell';
      readonly name: string;
      readonly compiled: CompiledCell;
      /** What of the library it must not call. */
      readonly forbidden: readonly string[];
    }
  | {
      readonly type: 'call';
      readonly function: string;
      readonly args: Packed;
      readonly forbidden: readonly string[];
    };

/** How something went, with what came of it; what an answer says may be made up. */
export type Outcome =
  | { readonly ok: true; readonly value?: Packed }
  | { readonly ok: false; readonly name: string; readonly message: string };

/**
 * What it asks while it is called: what a function that it was lent says. An {@link Outcome} is the
 * answer.
 */
export interface Question {
  /** The function. */
  readonly ask: number;
  readonly given: Packed;
}

export function failure(error: unknown): Outcome {
  if (!(error instanceof Error)) return { ok: false, name: 'Error', message: String(error) };
  return { ok: false, name: error.name, message: error.message };
}

/** Its channels, as file descriptors: questions come in through one, and go out through the other. */
export const channels = { in: 3, out: 4 } as const;
