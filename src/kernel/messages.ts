import type { CellError, MimeBundle } from '../notebook/notebook.js';
import type { CompiledCell } from './compiler/compiled.js';

/** What a session asks the process in which its cells run. */
export type Request =
  | {
      readonly type: 'execute';
      /** The cell's number in the session. */
      readonly cell: number;
      /** What errors call it: `Cell [3]`. */
      readonly name: string;
      readonly compiled: CompiledCell;
    }
  /** Ends the running cell, where it waits for something. */
  | { readonly type: 'interrupt' }
  /** What the user has typed; or why nobody could be asked. */
  | {
      readonly type: 'input';
      /** Which of its questions that answers. */
      readonly id: number;
      readonly value?: string;
      readonly failure?: string;
    };

export type Execution = Request & { type: 'execute' };

/** What that process tells, in the order in which it happened. */
export type WorkerMessage =
  | { readonly type: 'output'; readonly cell: number; readonly output: OutputMessage }
  | { readonly type: 'input'; readonly id: number; readonly question: InputQuestion }
  /** The cell is done; which of the values that it declares it got to. */
  | { readonly type: 'done'; readonly known: readonly string[] | 'all' };

/** What a cell brings forth. */
export type OutputMessage =
  | { readonly type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'display'; readonly content: DisplayData; readonly update: boolean }
  | { readonly type: 'result'; readonly data: MimeBundle }
  /** What the cell has brought forth so far is to go: now, or when there is something new. */
  | { readonly type: 'clear'; readonly wait: boolean }
  | ({ readonly type: 'error' } & CellError);

/** The content of Jupyter's `display_data` message. */
export interface DisplayData {
  readonly data: MimeBundle;
  readonly metadata: Record<string, unknown>;
  readonly transient: { readonly display_id?: string };
}

/** What a cell asks the user. */
export interface InputQuestion {
  readonly prompt: string;
  /** Whether what is typed is not to be seen. */
  readonly password: boolean;
}

export interface Completeness {
  readonly status: 'complete' | 'incomplete' | 'invalid';
  /** Of the next line, if it is incomplete. */
  readonly indent?: string;
}

export interface Completion {
  readonly matches: readonly string[];
  /** What a match replaces. */
  readonly start: number;
  readonly end: number;
}

/** Something that is wrong with a cell's text, and where: offsets in UTF-16 code units. */
export interface Diagnostic {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}
