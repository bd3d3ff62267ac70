import util from 'node:util';

/**
 * Puts back the functions that `@tensorflow/tfjs-node-gpu` takes from `util`, and Node 23 has
 * removed: it looks them up at every operation.
 */
export function mendNodeUtil(): void {
  const removed = {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: (value: unknown) => Array.isArray(value),
  };
  for (const [name, value] of Object.entries(removed)) {
    if (name in util) continue;
    Object.defineProperty(util, name, { value, configurable: true, writable: true });
  }
}
