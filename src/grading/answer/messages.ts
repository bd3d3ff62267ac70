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

/** What it says; all of it may be made up. */
export type AnswerReply =
  | { readonly ok: true; readonly value?: Packed }
  | { readonly ok: false; readonly name: string; readonly message: string };

/** Its channels, as file descriptors: questions come in through one, and go out through the other. */
export const channels = { in: 3, out: 4 } as const;
