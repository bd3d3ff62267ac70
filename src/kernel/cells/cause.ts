type Callback = (...args: unknown[]) => unknown;

const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'] as const;

/** Knows of which cell whatever happens comes, also in its timers. */
export class Cause<Cell extends object> {
  /** `undefined` where nothing is known. */
  current: Cell | undefined;

  constructor() {
    for (const name of timers) {
      const start = globalThis[name] as ((...args: unknown[]) => unknown) | undefined;
      if (!start) continue;
      const follow = (callback: unknown, ...rest: unknown[]) => start(this.bind(callback), ...rest);
      // With what else it carries: `util.promisify` has its own way for timers.
      Object.defineProperties(follow, Object.getOwnPropertyDescriptors(start));
      globalThis[name] = follow as never;
    }
  }

  /** Calls a function as part of a cell. If it throws, `current` stays, for who reports that. */
  run<T>(cell: Cell | undefined, call: () => T): T {
    const before = this.current;
    this.current = cell;
    const result = call();
    this.current = before;
    return result;
  }

  /** To be called when an error of `current` is reported. */
  forget(): void {
    this.current = undefined;
  }

  /** The same function, as part of the cell that it is given in. */
  protected bind(callback: unknown): unknown {
    const cell = this.current;
    if (!cell || typeof callback !== 'function') return callback;
    return (...args: unknown[]) => this.run(cell, () => (callback as Callback)(...args));
  }
}
