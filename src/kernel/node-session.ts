import { CellProcess, type CellProcessOptions } from './cells/cell-process.js';
import { compilerThread } from './compiler/compiler-thread.js';
import { Session } from './session.js';

export type NodeSessionOptions = CellProcessOptions;

/** A notebook on this machine: its cells are compiled in a thread and run in a process. */
export function nodeSession({ cwd, env = {} }: NodeSessionOptions): Session {
  return new Session({ compiler: compilerThread(cwd), cells: new CellProcess({ cwd, env }) });
}
