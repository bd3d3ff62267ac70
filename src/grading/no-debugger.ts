/**
 * Whoever may send a process of Node's this signal opens its debugger to all of this machine, and an
 * answer may that Node's permissions alone confine.
 */
export function keepDebuggerShut(): void {
  process.on('SIGUSR1', () => undefined);
}
