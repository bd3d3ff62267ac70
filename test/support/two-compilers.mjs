/**
 * `node two-compilers.mjs FOLDER SEQUENCES`: what a compiler answers that makes ready for each next
 * cell, and one that never does, as JSON. Plain JavaScript, without the loader of the tests, which
 * reads tslab's modules in another way.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import '../../dist/kernel/compiler/node-typescript.js';
import { Compiler } from '../../dist/kernel/compiler/compiler.js';
import { nodePlaces } from '../../dist/kernel/compiler/node-places.js';
import { nodeWorld } from '../../dist/kernel/compiler/node-world.js';

const [folder, sequences] = argv.slice(2);

function perform(compiler, prepare, { run, known, write, diagnose, complete, inspect }) {
  if (write !== undefined) writeFileSync(join(folder, 'own.ts'), write);
  if (diagnose !== undefined) return compiler.diagnose(diagnose);
  if (complete !== undefined) return compiler.complete(complete, complete.length);
  if (inspect !== undefined) return compiler.inspect(inspect, 0);
  if (run === undefined) return null;
  const compilation = compiler.compile(run, 'Cell');
  // While it runs.
  prepare();
  if (compilation.cell) compiler.commit(known ?? 'all');
  return compilation;
}

function answers(sequence, isPrepared) {
  const compiler = new Compiler(nodeWorld(folder, nodePlaces()));
  const prepare = () => {
    if (isPrepared) compiler.prepare();
  };
  return sequence.map((step) => {
    const answer = perform(compiler, prepare, step);
    prepare();
    return answer ?? null;
  });
}

stdout.write(
  JSON.stringify(
    JSON.parse(sequences).map((sequence) => [true, false].map((is) => answers(sequence, is))),
  ),
);
