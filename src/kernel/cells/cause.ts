import { promiseHooks } from 'node:v8';

type Callback = (...args: unknown[]) => unknown;

/**
 * Knows of which cell whatever happens comes, also in its timers and behind its `await`s.
 *
 * Node's `AsyncLocalStorage` would do that too, but before Node 24 an interrupted loop leaves its
 * books in disorder, and Node aborts.
 */
export class Cause<Cell extends object> {
  /** `undefined` where nothing is known. */
  #current: Cell | undefined;
  readonly #ofPromises = new WeakMap<object, Cell>();

  constructor() {
    promiseHooks.createHook({
      init: (promise) => {
        if (this.#current) this.#ofPromises.set(promise, this.#current);
      },
      before: (promise) => {
        this.#current = this.#ofPromises.get(promise);
      },
      after: () => {
        this.#current = undefined;
      },
    });
    this.#followTimers();
  }

  get current(): Cell | undefined {
    return this.#current;
  }

  of(promise: object): Cell | undefined {
    return this.#ofPromises.get(promise);
  }

  /** Calls a function as part of a cell. If it throws, `current` stays, for who reports that. */
  run<T>(cell: Cell | undefined, call: () => T): T {
    const before = this.#current;
    this.#current = cell;
    const result = call();
    this.#current = before;
    return result;
  }

  /** To be called when an error of `current` is reported. */
  forget(): void {
    this.#current = undefined;
  }

  #followTimers(): void {
    for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'] as const) {
      const start = globalThis[name] as (...args: unknown[]) => unknown;
      const follow = (callback: unknown, ...rest: unknown[]) =>
        start(this.#bind(callback), ...rest);
      // With what else it carries: `util.promisify` has its own way for timers.
      Object.defineProperties(follow, Object.getOwnPropertyDescriptors(start));
      globalThis[name] = follow as never;
    }
    const nextTick = process.nextTick.bind(process);
    process.nextTick = (callback, ...rest: unknown[]) => {
      nextTick(this.#bind(callback) as typeof callback, ...rest);
    };
  }

  #bind(callback: unknown): unknown {
    const cell = this.#current;
    if (!cell || typeof callback !== 'function') return callback;
    return (...args: unknown[]) => this.run(cell, () => (callback as Callback)(...args));
  }
}
