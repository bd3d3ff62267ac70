import { inspect } from '#platform';
import { codeFrame } from '../code-frame.js';
import { scopeName } from '../compiler/names-in-cells.js';
import type { CellError } from '../../notebook/notebook.js';
import { originOfError } from './positions.js';

const isFrame = /^\s+at /;

/** How V8 calls a variable of the notebook: `__scope__.f`, or `(0 , __scope__.f)` where it is called. */
const scoped = new RegExp(`\\(0 ?, ${scopeName}\\.([\\w$]+)\\)|${scopeName}\\.`, 'g');

/**
 * Whatever a cell threw, with a traceback whose places are the cell's; it leaves out the machinery
 * around it.
 *
 * @param isMachinery whether a line of the stack is not the learner's
 */
export function describeError(thrown: unknown, isMachinery: (frame: string) => boolean): CellError {
  if (!(thrown instanceof Error)) {
    return { ename: 'Error', evalue: inspect(thrown), traceback: [`Uncaught ${inspect(thrown)}`] };
  }
  const origin = originOfError(thrown);
  const frame = origin ? ['', codeFrame(origin.source, origin)] : [];
  // With its cause, if it has one.
  const stack = inNotebook(inspect(thrown))
    .split('\n')
    .filter((line) => !(isFrame.test(line) && isMachinery(line)));
  // A learner's class may have made anything of them.
  const { name, message } = thrown as Record<'name' | 'message', unknown>;
  return {
    ename: String(name),
    evalue: inNotebook(String(message)),
    traceback: [...stack, ...frame],
  };
}

/** As the learner has written it. */
function inNotebook(text: string): string {
  return text.replace(scoped, (_, name: string | undefined) => name ?? '');
}
