import { promiseHooks } from 'node:v8';
import { Cause } from './cause.js';

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

  of(promise: object): Cell | undefined {
    return this.#ofPromises.get(promise);
  }
}
