/** The thread in which a notebook's cells are compiled. */
import { parentPort, workerData } from 'node:worker_threads';
// Before tslab's own modules, which would load the compiler in a slower way.
import { saveCode } from './typescript.js';
import { Compiler } from './compiler.js';
import type { CompilerRequest } from './compiler-thread.js';
import { completenessOf } from './completeness.js';

const compiler = new Compiler(workerData as string);
// The first cell takes the longest: Node's types are read for it.
compiler.compile('', '');
saveCode();

parentPort?.on('message', ({ id, task }: CompilerRequest) => {
  let answer: unknown;
  let failure: string | undefined;
  try {
    answer = perform(task);
  } catch (error) {
    failure = String(error);
  }
  parentPort?.postMessage({ id, answer, failure });
});

function perform(task: CompilerRequest['task']): unknown {
  switch (task.about) {
    case 'compilation':
      return compiler.compile(task.code, task.name);
    case 'commit': {
      const { known } = task;
      compiler.commit((name) => known === 'all' || known.includes(name));
      return undefined;
    }
    case 'completeness':
      return completenessOf(task.code);
    case 'completion':
      return compiler.complete(task.code, task.place);
    case 'inspection':
      return compiler.inspect(task.code, task.place);
  }
}
