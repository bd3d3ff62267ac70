/**
 * Run as a process of its own: says which backend this machine gets, without loading one into the
 * process that asks. A native library that is broken may abort whoever loads it.
 */
import { useBackend } from './use-backend.js';

useBackend().then(
  (report) => process.send?.({ report }),
  (error: unknown) => process.send?.({ problem: (error as Error).message }),
);
