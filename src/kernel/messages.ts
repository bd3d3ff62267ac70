import type { DisplayData } from './notebook-display.js';

/** What a session asks its worker process. */
export interface ExecuteRequest {
  readonly code: string;
}

/** What a worker process tells its session, in the order in which it happened. */
export type WorkerMessage =
  | { readonly type: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'display'; readonly content: DisplayData; readonly update: boolean }
  | { readonly type: 'result'; readonly text: string }
  | ({ readonly type: 'error' } & CellError)
  | { readonly type: 'done' };

/** Why a cell failed, as Jupyter reports it. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  /** Lines to print. */
  readonly traceback: readonly string[];
}
