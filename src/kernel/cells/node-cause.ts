import { promiseHooks } from 'node:v8';
import { Cause, type Callback } from './cause.js';

/**
 * Knows of which cell whatever happens comes, also behind its `await`s.
 *
 * Node's `AsyncLocalStorage` would do that too, but before Node 24 an interrupted loop leaves its
 * books in disorder, and Node aborts.
 */
export class NodeCause<Cell extends object> extends Cause<Cell> {
  readonly #ofPromises = new WeakMap<object, Cell>();

  constructor() {
    super();
    promiseHooks.createHook({
      init: (promise) => {
        if (this.current) this.#ofPromises.set(promise, this.current);
      },
      before: (promise) => {
        this.current = this.#ofPromises.get(promise);
      },
      after: () => {
        this.current = undefined;
      },
    });
    const nextTick = process.nextTick.bind(process);
    process.nextTick = (callback, ...rest: unknown[]) => {
      nextTick(this.bind(callback) as typeof callback, ...rest);
    };
  }

  /**
   * As a microtask: a loop that is interrupted takes all that called it with it, and of a timer's
   * callback that Node does not see the end, it aborts.
   */
  protected override timed(callback: unknown): unknown {
    if (typeof callback !== 'function') return callback;
    return (...args: unknown[]) => {
      queueMicrotask(() => (callback as Callback)(...args));
    };
  }

  of(promise: object): Cell | undefined {
    return this.#ofPromises.get(promise);
  }
}
