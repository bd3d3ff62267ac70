export type Callback = (...args: unknown[]) => unknown;

const timers = ['setTimeout', 'setInterval', 'setImmediate'] as const;

type Scheduler = (typeof timers)[number] | 'queueMicrotask';

/** Knows of which cell whatever happens comes, also in its timers. */
export class Cause<Cell extends object> {
  /** `undefined` where nothing is known. */
  current: Cell | undefined;

  constructor() {
    for (const name of timers) this.#follow(name, (callback) => this.bind(this.timed(callback)));
    this.#follow('queueMicrotask', (callback) => this.bind(callback));
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

  /** What a timer is given for a function. */
  protected timed(callback: unknown): unknown {
    return callback;
  }

  /** The same function, as part of the cell that it is given in. */
  protected bind(callback: unknown): unknown {
    const cell = this.current;
    if (!cell || typeof callback !== 'function') return callback;
    return (...args: unknown[]) => this.run(cell, () => (callback as Callback)(...args));
  }

  #follow(name: Scheduler, bind: (callback: unknown) => unknown): void {
    const start = globalThis[name] as ((...args: unknown[]) => unknown) | undefined;
    if (!start) return;
    const follow = (callback: unknown, ...rest: unknown[]) => start(bind(callback), ...rest);
    // With what else it carries: `util.promisify` has its own way for timers.
    Object.defineProperties(follow, Object.getOwnPropertyDescriptors(start));
    globalThis[name] = follow as never;
  }
}
