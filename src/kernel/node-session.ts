import { CellProcess, type CellProcessOptions } from './cells/cell-process.js';
import { nodeCompiler } from './compiler/node-compiler.js';
import { Session } from './session.js';

export type NodeSessionOptions = CellProcessOptions;

/** A notebook on this machine: its cells are compiled in one place and run in a process. */
export function nodeSession({ cwd, env = {} }: NodeSessionOptions): Session {
  return new Session({ compiler: nodeCompiler(cwd), cells: new CellProcess({ cwd, env }) });
}
