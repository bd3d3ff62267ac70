import { spawn, type ChildProcess } from 'node:child_process';

/** Starts a compiler from a snapshot; it says `ready`, and then answers requests. */
export function startSnapshot(snapshot: string, argument: string): ChildProcess {
  return spawn(process.execPath, ['--snapshot-blob', snapshot, 'compiler', argument], {
    // V8 takes a snapshot only with the options with which it was made.
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    windowsHide: true,
  });
}
