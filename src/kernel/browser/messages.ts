import type { Request, WorkerMessage } from '../messages.js';

/** What the cells' worker is told first. */
export interface StartRequest {
  readonly type: 'start';
  /** Which backend `useBackend()` takes. */
  readonly backend: string | undefined;
  /** Where the course's files are. */
  readonly courseFiles: string;
}

export type CellRequest = StartRequest | Request;

/** A worker says that it runs before it says anything else. */
export const ready = 'ready';

export type CellMessage = WorkerMessage | typeof ready;
