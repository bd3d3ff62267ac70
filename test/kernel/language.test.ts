import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resultsOf, runCells } from '../support/cells.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** A folder with a notebook's folder in it, and packages of a few lines. */
function project(files: Readonly<Record<string, string>>): { root: string; notebooks: string } {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const notebooks = join(root, 'notebooks');
  mkdirSync(notebooks, { recursive: true });
  return { root, notebooks };
}

function packageJson(name: string, exports: unknown): string {
  return JSON.stringify({ name, version: '1.0.0', type: 'module', exports });
}

describe('Variables of a notebook', () => {
  it('are one for all cells: a function sees what a later cell assigns', async () => {
    const results = await resultsOf([
      'let x = 1;\nfunction read() { return x; }\nconst readToo = () => x;',
      'x = 2;\n[read(), readToo()]',
      'const x = "three";\nread()',
    ]);
    assert.deepEqual(results, [undefined, '[ 2, 2 ]', "'three'"]);
  });

  it('can be declared anew with another type, as a const too', async () => {
    const results = await resultsOf([
      'const a = 1;',
      "const a = 'one';",
      'a.length',
      'a.toFixed()',
    ]);
    assert.equal(results[2], '3');
    assert.match(results[3]!, /^TS2551: Property 'toFixed' does not exist on type '"one"'/);
  });

  it('come from patterns, loops and shorthand properties', async () => {
    const results = await resultsOf([
      'const { a, b: [c = 3, ...d], ...e } = { a: 1, b: [undefined, 4, 5], f: 6 };',
      '[a, c, d, e]',
      'for (var i = 0; i < 3; i++) var last = i;\n[i, last]',
      'for (var name of ["x", "y"]);\nname',
      'let p = 1, q = 2;\n({ p, q = 5 } = { p: 7 } as { p: number; q?: number });\n({ p, q })',
      'const inner = ((x: number) => { const a = x; return { a }; })(9);\n[inner, a]',
    ]);
    assert.deepEqual(results.slice(1), [
      '[ 1, 3, [ 4, 5 ], { f: 6 } ]',
      '[ 3, 2 ]',
      "'y'",
      '{ p: 7, q: 5 }',
      '[ { a: 9 }, 1 ]',
    ]);
  });

  it('come from several patterns at once, also within a block', async () => {
    const results = await resultsOf([
      'const { a, ...others } = { a: 1, z: 0 }, b = 2;\n[a, others, b]',
      'let { c } = { c: 3 }, { d: [e] } = { d: [4] };\n[c, e]',
      'for (const n of [5]) {\n  var { f } = { f: n }, g = 6;\n}\n[f, g]',
    ]);
    assert.deepEqual(results, ['[ 1, { z: 0 }, 2 ]', '[ 3, 4 ]', '[ 5, 6 ]']);
  });

  it('keep their value where a `var` only names them, and have none before', async () => {
    const results = await resultsOf(
      [
        'const sums: number[] = [];\nfor (const n of [1, 2, 3]) {\n  var sum: number;\n' +
          '  sum = (sum ?? 0) + n;\n  sums.push(sum);\n}\nsums',
        'for (let i = 0; i < 3; i++) for (var rounds: number; ; ) {\n' +
          '  rounds = (rounds ?? 0) + 1;\n  break;\n}\nrounds',
        'var twice = 2;\nvar twice: number;\ntwice',
        'for (const n of []) {\n  var sum: number;\n}\nsum',
        'if (false) var never: number, once = 1;\n[never, once]',
      ],
      { cellTimeout: 10 },
    );
    assert.deepEqual(results, ['[ 1, 3, 6 ]', '3', '2', undefined, '[ undefined, undefined ]']);
  });

  it('name the functions that are their defaults', async () => {
    const code = 'const { f = () => 1, g: [h = class {}] } = { g: [] } as any;\n[f.name, h.name]';
    assert.deepEqual(await resultsOf([code]), ["[ 'f', 'h' ]"]);
  });

  it('may be functions, classes, enumerations, namespaces and types', async () => {
    const results = await resultsOf([
      'early();\nfunction early() { return "hoisted"; }',
      'enum Colour { red, green }\nclass Box<T> { constructor(readonly value: T) {} }\n' +
        'interface Shape { sides: number }\nnamespace Units { export const inch = 2.54; }\n' +
        'const named = () => 1;\nconst enum Size { small = 7 }',
      'class Big extends Box<number> {}\nconst shape: Shape = { sides: Colour.green };\n' +
        '[early(), new Big(4).value, shape.sides, Units.inch, named.name, Size.small]',
      'const wrong: Shape = { sides: "four" };',
    ]);
    assert.equal(results[2], "[ 'hoisted', 4, 1, 2.54, 'named', 7 ]");
    assert.match(results[3]!, /^TS2322: Type 'string' is not assignable to type 'number'/);
  });

  it('that a failing cell got to are there, and those that it did not are not', async () => {
    const results = await resultsOf([
      "const before = 1;\nif (before) throw new Error('no');\nconst after = 2;",
      'before',
      'after',
    ]);
    assert.equal(results[1], '1');
    assert.match(results[2]!, /^TS2304: Cannot find name 'after'/);
  });

  it('may have any name, that of a module system too', async () => {
    const results = await resultsOf([
      "import { createRequire } from 'node:module';\n" +
        "const require = createRequire(import.meta.url);\ntypeof require('node:os').cpus",
      'const exports = 3;\nexports',
      'export const shown = 1;\nshown',
    ]);
    assert.deepEqual(results, ["'function'", '3', '1']);
  });

  it('are awaited at the top of a cell, one by one too', async () => {
    const results = await resultsOf([
      'const three = await Promise.resolve(3);\nlet sum = 0;\n' +
        'for await (const n of [1, Promise.resolve(2)]) sum += n;\n[three, sum]',
      'async () => { const f = (n) => { await n; }; };',
    ]);
    assert.equal(results[0], '[ 3, 3 ]');
    assert.match(results[1]!, /^TS1308: 'await' expressions are only allowed within async/);
  });
});

describe('What a cell imports', () => {
  it('may be a package of either kind, also one whose exports are for import alone', async () => {
    const { notebooks } = project({
      'node_modules/modern/package.json': packageJson('modern', {
        '.': { types: './index.d.ts', import: './index.js' },
      }),
      'node_modules/modern/index.js': 'export const seven = 7;\nexport default "modern";',
      'node_modules/modern/index.d.ts':
        'export declare const seven: number;\ndeclare const name: string;\nexport default name;',
      'node_modules/waiting/package.json': packageJson('waiting', './index.js'),
      'node_modules/waiting/index.js': 'export const eight = await Promise.resolve(8);',
      'node_modules/waiting/index.d.ts': 'export declare const eight: number;',
      'node_modules/old/package.json': '{ "name": "old", "version": "1.0.0" }',
      'node_modules/old/index.js': 'module.exports = () => 9; module.exports.ten = 10;',
      'node_modules/old/index.d.ts':
        'declare function old(): number;\ndeclare namespace old { const ten: number; }\nexport = old;',
    });
    const results = await resultsOf(
      [
        "import name, { seven as s } from 'modern';\nimport * as modern from 'modern';\n" +
          "import { eight } from 'waiting';\nimport old, { ten } from 'old';\n" +
          '[name, s, modern.seven, eight, old(), ten]',
        "(await import('waiting')).eight + (await import('old')).default()",
        "import { nine } from 'modern';",
      ],
      { cwd: notebooks },
    );
    assert.equal(results[0], "[ 'modern', 7, 7, 8, 9, 10 ]");
    assert.equal(results[1], '17');
    assert.match(results[2]!, /^TS2614: Module '"modern"' has no exported member 'nine'/);
  });

  it('may be files of its own beside it and above it, as they are now, and JSON', async () => {
    const { root, notebooks } = project({
      'helper.ts':
        "import { factor } from './factor.js';\nexport const times = (n: number): number => n * factor;\n" +
        'export const here = import.meta.url;\nexport function fail(): never {\n  throw new RangeError("far");\n}\n',
      'factor.ts': 'export const factor = 2;',
      'notebooks/data.json': '{ "answer": 42 }',
    });
    const helper = JSON.stringify(join(root, 'factor.ts'));
    const cells = await runCells(
      [
        "import { fail, here, times } from '../helper';\nimport data from './data.json';\n" +
          '[times(2), here, data.answer, import.meta.url]',
        `import { writeFileSync } from 'node:fs';\nwriteFileSync(${helper}, 'export const factor = 30;');`,
        "import { times } from '../helper';\ntimes(2)",
        'fail()',
        "import { times } from '../helper';\nconst text: string = times(1);",
      ],
      { cwd: notebooks },
    );
    const [first, , again, thrown, wrong] = cells.map((outputs) => outputs.at(-1)!);
    assert.ok(first?.output_type === 'execute_result' && again?.output_type === 'execute_result');
    const url = (...path: string[]) => pathToFileURL(join(...path)).href;
    assert.equal(
      (first.data['text/plain'] as string).replaceAll(/\s+/g, ' '),
      `[ 4, '${url(root, 'helper.ts')}', 42, '${url(notebooks, 'notebook.ipynb')}' ]`,
    );
    assert.equal(again.data['text/plain'], '60');
    assert.ok(thrown?.output_type === 'error' && wrong?.output_type === 'error');
    assert.match(
      thrown.traceback.join('\n'),
      /at fail \(\.\.\/helper\.ts:5:9\)\n\s+at Cell \[4\]:1:1/,
    );
    assert.equal(wrong.ename, 'TS2322');
  });

  it('may be a module that another cell defines, and what stock tslab offers', async () => {
    const [, outputs, shown] = await runCells([
      '/** @module shapes */\nexport const sides: number = 4;',
      "import { sides } from './shapes';\nsides",
      "import { display, newDisplay } from 'tslab';\ndisplay.html('<b>bold</b>');\n" +
        "const line = newDisplay();\nline.text('one');\nline.text('two');",
    ]);
    const [result] = outputs ?? [];
    assert.ok(result?.output_type === 'execute_result');
    assert.equal(result.data['text/plain'], '4');
    const data = shown?.map((output) => output.output_type === 'display_data' && output.data);
    assert.deepEqual(data, [{ 'text/html': '<b>bold</b>' }, { 'text/plain': 'two' }]);
  });

  it('is looked for beside the notebook, and the library is there wherever that lies', async () => {
    const { notebooks } = project({});
    const results = await resultsOf(
      ["import { tf } from 'inception-lab';\ntf.zeros([2, 3]).shape", "import 'not-there';"],
      { cwd: notebooks },
    );
    assert.equal(results[0], '[ 2, 3 ]');
    assert.match(results[1]!, /^Error: Cannot find module 'not-there'/);
  });
});
