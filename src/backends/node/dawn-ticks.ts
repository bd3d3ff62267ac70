/**
 * Dawn's Node binding settles its promises in ticks that it queues by calling the global
 * `setImmediate`, so that nothing that waits on a GPU can be waited for without giving up control.
 * Here its ticks are seen as they are queued, and can be run at once.
 */

/** A tick that waits its turn in Node's queue. */
interface Tick {
  readonly run: () => void;
  readonly immediate: NodeJS.Immediate;
}

const pending = new Set<Tick>();
let watching = false;

/**
 * Puts a wrapper around the global `setImmediate` that remembers Dawn's ticks, and nobody else's.
 * To be called before Dawn's `create`, since it queues no second tick while one is waiting.
 */
export function watchTicks(): void {
  if (watching) return;
  watching = true;
  const { setImmediate } = globalThis;
  const watched = (callback: (...args: unknown[]) => void, ...args: unknown[]) =>
    isNative(callback) ? queueTick(setImmediate, callback) : setImmediate(callback, ...args);
  // Among its properties is what `util.promisify` looks for.
  Object.defineProperties(watched, Object.getOwnPropertyDescriptors(setImmediate));
  globalThis.setImmediate = watched as unknown as typeof setImmediate;
}

/**
 * Runs Dawn's ticks until a condition holds.
 *
 * @returns whether it came to hold; false if Dawn has nothing left to do.
 */
export function runTicksUntil(holds: () => boolean): boolean {
  for (let round = 0; !holds(); round++) {
    if (pending.size === 0) return false;
    for (const tick of pending) {
      pending.delete(tick);
      clearImmediate(tick.immediate);
      tick.run();
    }
    // Short work is done within some ticks; for long work, leave the processor to those who do it.
    if (round > busyRounds && !holds()) sleep(pause);
  }
  return true;
}

const busyRounds = 200;
/** In milliseconds. */
const pause = 0.1;
/** Ticks in Node's queue that came one after another. */
let rounds = 0;

function queueTick(setImmediate: (callback: () => void) => NodeJS.Immediate, run: () => void) {
  const tick: Tick = {
    run,
    immediate: setImmediate(() => {
      pending.delete(tick);
      run();
      // While it waits, Dawn queues the next tick in each.
      rounds = pending.size > 0 ? rounds + 1 : 0;
      if (rounds > busyRounds) sleep(pause);
    }),
  };
  pending.add(tick);
  return tick.immediate;
}

/** A function from C++: unlike bound functions and those that settle a promise, it has a prototype. */
function isNative(callback: (...args: unknown[]) => void): boolean {
  return (
    Object.hasOwn(callback, 'prototype') &&
    Function.prototype.toString.call(callback).includes('[native code]')
  );
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
