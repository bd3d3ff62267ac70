import type { WebSocket } from 'ws';

/** Characters that may wait for one that is away, or slow. */
const mostWaiting = 32_000_000;

/** Bytes that may be on their way. */
const mostUnderway = 1_000_000;

/** A message, as it goes over the WebSocket. */
export interface Outgoing {
  readonly text: string;
  /** Given instead, if there is no room: only for what a front end can do without. */
  readonly stead?: () => string;
}

/**
 * One of a kernel's front ends: what it is to be told waits here while it cannot take it. A cell
 * that floods fills this up, not the memory.
 */
export class FrontEnd {
  #socket: WebSocket | undefined;
  // Unlike an array, it is as quick at its beginning as at its end.
  readonly #waiting = new Set<{ readonly text: string }>();
  #characters = 0;
  /** Whether something has been left out of what waits. */
  #isFull = false;

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  /** Sends over another socket from now on: what has waited, too. */
  connect(socket: WebSocket): void {
    this.#socket?.close(1000, 'The same page has reconnected.');
    this.#socket = socket;
    this.#flush();
  }

  /** Keeps what comes until the front end is back. Does nothing if that is so already. */
  disconnect(socket: WebSocket): void {
    if (this.#socket === socket) this.#socket = undefined;
  }

  send({ text, stead }: Outgoing): void {
    if (stead && this.#characters + text.length > mostWaiting) {
      if (!this.#isFull) this.#put(stead());
      this.#isFull = true;
    } else {
      this.#put(text);
    }
    this.#flush();
  }

  close(why: string): void {
    this.#socket?.close(1000, why);
    this.#socket = undefined;
  }

  #put(text: string): void {
    this.#waiting.add({ text });
    this.#characters += text.length;
  }

  #flush(): void {
    const socket = this.#socket;
    for (const message of this.#waiting) {
      if (socket?.readyState !== socket?.OPEN) return;
      if (!socket || socket.bufferedAmount > mostUnderway) return;
      this.#waiting.delete(message);
      this.#characters -= message.text.length;
      socket.send(message.text, () => {
        this.#flush();
      });
    }
    this.#isFull = false;
  }
}
