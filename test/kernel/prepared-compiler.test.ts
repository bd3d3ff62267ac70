import assert from 'node:assert/strict';
import { readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CompilerClient, type Task } from '../../dist/kernel/compiler/compiler-client.js';
import { compilerThread } from '../../dist/kernel/compiler/compiler-thread.js';
import { nodeCompiler, prepareCompiler } from '../../dist/kernel/compiler/node-compiler.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { withEnvironment } from '../support/environment.js';

const cells = [
  'const numbers = [1, 2, 3].map((n) => n * 2); numbers',
  'import { readFileSync } from "node:fs";\nconst text: number = readFileSync("a", "utf8");',
  'class A { constructor(readonly b = process.pid) {} }\nawait Promise.resolve(new A().b)',
  'const wrong: string = numbers;',
  'import { nothing } from "no-such-package";',
];

const tasks: Task[] = [
  ...cells.flatMap((code, i): Task[] => [
    { about: 'diagnostics', code },
    { about: 'compilation', code, name: `Cell [${i}]` },
    { about: 'commit', known: 'all' },
  ]),
  { about: 'completion', code: 'numbers.fl', place: 10 },
  { about: 'completion', code: 'Buffer.al', place: 9 },
  { about: 'inspection', code: 'numbers.flatMap', place: 12 },
  { about: 'completeness', code: 'if (numbers) {' },
];

async function answers(compiler: CompilerClient): Promise<unknown[]> {
  const found = [];
  for (const task of tasks) found.push(await compiler.ask(task));
  return found;
}

describe('A compiler that was prepared', () => {
  const cwd = temporaryFolder();
  const cache = temporaryFolder();
  const within = <T>(call: () => Promise<T>) => withEnvironment({ XDG_CACHE_HOME: cache }, call);
  const files = () => readdirSync(join(cache, 'inception-lab'));
  const snapshots = () => files().filter((name) => name.endsWith('.snapshot'));

  it('answers as one does that reads all types anew', () =>
    within(async () => {
      await prepareCompiler(cwd);
      assert.equal(snapshots().length, 1);
      const compilers = [nodeCompiler(cwd), new CompilerClient(compilerThread(cwd))];
      try {
        const [prepared, anew] = await Promise.all(compilers.map(answers));
        assert.deepEqual(prepared, anew);
      } finally {
        for (const compiler of compilers) compiler.close();
      }
    }));

  it('keeps nothing of what it compiles for practice while nobody asks', () =>
    within(async () => {
      const compiler = nodeCompiler(cwd);
      const compiled = (code: string) =>
        compiler.ask({ about: 'compilation', code, name: 'Cell [1]' });
      try {
        await compiled('const mine = 1');
        // The cell runs.
        await setTimeout(500);
        await compiler.ask({ about: 'commit', known: 'all' });
        await setTimeout(500);
        assert.ok((await compiled('mine + 1')).cell);
        assert.equal((await compiled('x')).error?.evalue, "Cannot find name 'x'.");
      } finally {
        compiler.close();
      }
    }));

  it('gives nothing up for that of what the last cell has imported', () =>
    within(async () => {
      const compiler = nodeCompiler(cwd);
      /** Milliseconds that a cell takes. */
      const timeOf = async (code: string) => {
        const begun = performance.now();
        assert.ok((await compiler.ask({ about: 'compilation', code, name: 'Cell [1]' })).cell);
        return performance.now() - begun;
      };
      try {
        // It has begun.
        await timeOf('1');
        // As a spare kernel does, before somebody takes it.
        const whole = await timeOf("import 'inception-lab';");
        await compiler.ask({ about: 'commit', known: 'all' });
        await setTimeout(1500);
        const again = await timeOf("import { tf } from 'inception-lab';\ntf.zeros([2]);");
        assert.ok(again < whole / 4, `${again} ms after ${whole} ms`);
      } finally {
        compiler.close();
      }
    }));

  it('says so when it has ended', () =>
    within(async () => {
      const compiler = nodeCompiler(cwd);
      const answer = compiler.ask({ about: 'completeness', code: '1' });
      compiler.close();
      await assert.rejects(answer, /The compiler has ended/);
    }));

  it('is replaced by such a one if it does not start', () =>
    within(async () => {
      for (const name of snapshots()) writeFileSync(join(cache, 'inception-lab', name), 'broken');
      const compiler = nodeCompiler(cwd);
      try {
        const { cell } = await compiler.ask({ about: 'compilation', code: '1 + 1', name: 'Cell' });
        assert.match(cell?.javascript ?? '', /1 \+ 1/);
      } finally {
        compiler.close();
      }
      assert.equal(snapshots().length, 0);
    }));

  it('is kept beside the three that were used last', () =>
    within(async () => {
      for (const name of files()) rmSync(join(cache, 'inception-lab', name));
      for (let i = 0; i < 5; i++) {
        const file = join(cache, 'inception-lab', `compiler-${i}.snapshot`);
        writeFileSync(file, '');
        utimesSync(file, i, i);
      }
      await prepareCompiler(cwd);
      assert.equal(files().length, 4);
      for (const i of [2, 3, 4]) assert.ok(files().includes(`compiler-${i}.snapshot`));
    }));
});
