import type { MimeBundle } from '../notebook/notebook.js';
import type { DisplayData } from './notebook-display.js';

/** What a session asks its worker process. */
export type Request =
  | { readonly type: 'execute'; readonly code: string }
  /** Ends the running cell, where it waits for something. */
  | { readonly type: 'interrupt' }
  | ({ readonly type: 'ask'; readonly id: number } & Question);

/** What the compiler knows of a cell that is being written. */
export type Question =
  | { readonly about: 'completeness'; readonly code: string }
  /** Places are counted in UTF-16 code units. */
  | { readonly about: 'completion' | 'inspection'; readonly code: string; readonly place: number };

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

/** What a worker process tells its session, in the order in which it happened. */
export type WorkerMessage =
  | OutputMessage
  | { readonly type: 'done' }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown };

/** What a cell brings forth. */
export type OutputMessage =
  | { readonly type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'display'; readonly content: DisplayData; readonly update: boolean }
  | { readonly type: 'result'; readonly data: MimeBundle }
  /** What the cell has brought forth so far is to go: now, or when there is something new. */
  | { readonly type: 'clear'; readonly wait: boolean }
  | ({ readonly type: 'error' } & CellError);

/** Why a cell failed, as Jupyter reports it. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  /** Lines to print. */
  readonly traceback: readonly string[];
}
