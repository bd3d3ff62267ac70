import type { Compiler } from './compiler.js';
import type { CompilerAnswer, CompilerRequest } from './compiler-client.js';
import { completenessOf } from './completeness.js';

/** Answers a request, and makes ready for the next. */
export function serve(
  compiler: Compiler,
  request: CompilerRequest,
  send: (answer: CompilerAnswer) => void,
): void {
  send(answerOf(compiler, request));
  try {
    compiler.prepare();
  } catch {
    // Nobody has asked for it.
  }
}

/** Does what a compiler is asked for; its failures are answers too. */
function answerOf(compiler: Compiler, { id, task }: CompilerRequest): CompilerAnswer {
  try {
    return { id, answer: perform(compiler, task) };
  } catch (error) {
    return { id, answer: undefined, failure: String(error) };
  }
}

function perform(compiler: Compiler, task: CompilerRequest['task']): unknown {
  switch (task.about) {
    case 'compilation':
      return compiler.compile(task.code, task.name);
    case 'commit':
      compiler.commit(task.known);
      return undefined;
    case 'completeness':
      return completenessOf(task.code);
    case 'diagnostics':
      return compiler.diagnose(task.code);
    case 'completion':
      return compiler.complete(task.code, task.place);
    case 'inspection':
      return compiler.inspect(task.code, task.place);
  }
}
