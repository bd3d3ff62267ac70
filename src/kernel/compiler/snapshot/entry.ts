/**
 * What a prepared compiler begins with: a heap that V8 has kept, in which the compiler is loaded and
 * the types of the language and of Node are parsed and bound. Bundled into one script, since what
 * makes such a heap can load no modules but Node's.
 */
import { join } from 'node:path';
import { setFlagsFromString, startupSnapshot } from 'node:v8';
import { ts } from '#typescript';
import { completenessOf } from '../completeness.js';
import type { CompilerRequest } from '../compiler-client.js';
import { Compiler } from '../compiler.js';
import { nodeWorld } from '../node-world.js';
import { serve } from '../perform.js';
import { given } from './given.js';

const documents = ts.createDocumentRegistry(true);

/**
 * Cells of every kind: what the compiler needs for them is compiled itself by then. No completion: V8
 * cannot keep the collator that it makes to sort names.
 */
const rehearsal = [
  'import { join } from "node:path";\nconst x = [1, 2].map((n) => n + 1);\njoin("a", `${x[0]}`)',
  'async function f<T>(x: T): Promise<T> {\n  return x;\n}\nawait f({ a: 1 });',
  'class A {\n  constructor(readonly b: number) {}\n}\nlet [p, { q }] = [1, { q: new A(2) }];',
  'interface B {\n  c?: string;\n}\nfor (const [i, b] of [{} as B].entries()) console.log(i, b?.c ?? p);',
  'let wrong: string = q;',
];

/** @param folder of the notebook, within its own */
function compilerFor(argument: string, folder = '.'): Compiler {
  const { cwd, places } = given(argument);
  return new Compiler({ ...nodeWorld(join(cwd, folder), places), documents });
}

function rehearse(compiler: Compiler): void {
  for (const [i, cell] of rehearsal.entries()) {
    completenessOf(cell);
    compiler.compile(cell, `Cell [${i}]`);
    compiler.commit('all');
    compiler.prepare();
    compiler.diagnose(cell);
  }
}

/** In milliseconds: who has asked for nothing that long is likely to be reading or writing. */
const pause = 100;

/** Within the notebook's own, so that the same types are found. There is none, and it stays so. */
const practiceFolder = '__practice__';

/** After that many cells, hardly any code of the compiler is left that V8 has yet to compile. */
const enough = 40;

/**
 * Compiles cells for practice, since V8 keeps no machine code in a heap. A compiler of its own does
 * that: the notebook's would give up what only its last cell has imported.
 *
 * @returns what puts that off, or ends it: to be called when somebody has asked for something
 */
function practise(compiler: Compiler): (what: 'later' | 'never') => void {
  let cells = 0;
  let next: NodeJS.Timeout | undefined;
  const compileOne = () => {
    try {
      compiler.compile(rehearsal[cells++ % rehearsal.length] ?? '', '');
      compiler.prepare();
    } catch {
      // Nobody has asked for it.
      return;
    }
    goOn(0);
  };
  const goOn = (time: number) => {
    clearTimeout(next);
    if (cells < enough) next = setTimeout(compileOne, time);
  };
  // The first cell takes the longest, unless somebody waits for it already.
  goOn(0);
  return (what) => {
    if (what === 'never') cells = enough;
    goOn(pause);
  };
}

function begin(): void {
  // Each cell leaves a program behind: V8 would let them lie until there are 300 MB of them.
  setFlagsFromString('--heap-growing-percent=50');
  const argument = process.argv[2] ?? '';
  const compiler = compilerFor(argument);
  const putOff = practise(compilerFor(argument, practiceFolder));
  process.on('disconnect', () => process.exit());
  process.on('message', (request: CompilerRequest) => {
    serve(compiler, request, (answer) => process.send?.(answer));
    // Then comments are read: both compilers would read all files again by turns, the one with them
    // and the other without.
    putOff(request.task.about === 'inspection' ? 'never' : 'later');
  });
  process.send?.('ready');
}

rehearse(compilerFor(process.argv[2] ?? ''));
startupSnapshot.setDeserializeMainFunction(begin);
