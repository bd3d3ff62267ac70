import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { textOf } from '../../dist/notebook/notebook.js';
import { joinedLibrary } from '../../dist/kernel/compiler/joined-library.js';
import { startProgram } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const script = fileURLToPath(new URL('../support/two-compilers.mjs', import.meta.url));

/** What the notebook's user does. */
interface Step {
  /** A cell; of its values it gets to those that are `known`, or to all. */
  readonly run?: string;
  readonly known?: readonly string[];
  /** A file `own.ts` beside the notebook. */
  readonly write?: string;
  readonly diagnose?: string;
  /** Both at the end. */
  readonly complete?: string;
  readonly inspect?: string;
}

const own: Step = { write: 'export const value = 1;\nexport type Own = number;' };
const changed: Step = { write: 'export const value = "text";\nexport type Own = string;' };
const run = (code: string, known?: readonly string[]): Step => ({
  run: code,
  ...(known && { known }),
});

const lesson = toNotebook(findLesson(await readLessons(), '10'), 'solved')
  .cells.filter(({ cell_type }) => cell_type === 'code')
  .map(({ source }) => run(textOf(source)));

const sequences: Record<string, readonly Step[]> = {
  'that uses what is declared': [
    run('const a = [1, 2];\ninterface B { c: number }'),
    run('const b: B = { c: a[0]! };\nlet { c, ...rest } = b; c'),
    run('c = "text"'),
    run('export function f<T>(x: T) { return [x]; }\nclass A { static g = f(a); }'),
    run('enum E { One }\nconst h = <A,>(x: A) => x;\nawait Promise.resolve(A.g[E.One])'),
  ],
  'that declares again what there is': [
    run('const a = 1;'),
    run('const a = "text";'),
    run('a.length'),
  ],
  'behind one that failed': [
    run('const a = 1, b = 2;', ['a']),
    run('b'),
    run('a'),
    run('const c: string = a;'),
    run('const c: number = a;'),
    run('c'),
  ],
  'that imports': [
    own,
    run('import { join } from "node:path";\nimport * as own from "./own";'),
    run('join("a", String(own.value))'),
    run('import { value as again } from "./own";\nagain'),
    run('type Later = import("./own").Own;\nconst later: Later = 1;'),
    run('(await import("./own")).value'),
    run('import "./missing";'),
    run('import { nothing } from "./own";'),
    run('import { value } from "./own";\nvalue'),
  ],
  'that imports what has changed': [
    own,
    run('import { value } from "./own";\nlet kept = value;'),
    changed,
    run('value.length'),
    run('kept = value'),
  ],
  'that declares for everybody': [
    run('1'),
    { diagnose: 'declare global { var everywhere: number; }\neverywhere = 1;' },
    run('namespace N { export const inner = 1; }\nN.inner'),
    run('declare module "ambient" { export const x: number; }'),
    run('N.inner + 1'),
  ],
  'whose type has a name of a package that the last one imported': [
    run('import { loadStudies } from "inception-lab";'),
    run('const studies = await loadStudies();'),
    run('const comparison = studies.comparisons.residual;'),
    run('import "inception-lab";'),
    run('const again = await loadStudies();'),
  ],
  'of a lesson': lesson,
  'that is a module': [
    run('/** @module made */\nexport const made = 1;'),
    run('1 + 1'),
    run('import { made } from "./made";\nmade'),
    run('/** @module made */\nexport const made = "text";'),
    run('made.length'),
  ],
  'when its user looks around': [
    run('const list = [1];'),
    { complete: 'list.fl' },
    run('list.flat()'),
    { diagnose: 'list.flet()' },
    run('list.at(0)'),
    { inspect: 'list' },
    run('list.length'),
    { complete: 'li' },
  ],
  'that Node has types for': [
    run('Buffer.from("a").length + process.argv.length'),
    run('import { EventEmitter } from "events";\nconst emitter = new EventEmitter();'),
    run('emitter.on("x", () => {});\nconst t: NodeJS.Timeout = setTimeout(() => {}, 1);'),
    run('const r: Response = await fetch("http://localhost");\nr.status.toFixed()'),
    run('new AbortController().signal.aborted; structuredClone([new URL("a:b")])'),
  ],
};

describe('What a compiler makes ready for the next cell', () => {
  let answers: [prepared: object[], anew: object[]][];

  before(async () => {
    const args = [script, temporaryFolder(), JSON.stringify(Object.values(sequences))];
    const { status, stdout, stderr } = await startProgram(process.execPath, args).ended;
    assert.equal(status, 0, stderr);
    answers = JSON.parse(stdout) as typeof answers;
  });

  for (const [i, which] of Object.keys(sequences).entries()) {
    it(`changes nothing of one ${which}`, () => {
      const [prepared, anew] = answers[i]!;
      assert.deepEqual(prepared, anew);
    });
  }
});

describe('A library of types that is read as one file', () => {
  const files: Record<string, string> = {
    '/types/main.d.ts': '/// <reference path="./a.d.ts" />\n/// <reference lib="es5" />\nmain',
    '/types/a.d.ts':
      '/// <reference path="../inner/b.d.ts" />\n/// <reference path="./module.d.ts" />\na',
    '/inner/b.d.ts': '/// <reference path="../types/a.d.ts" />\nb',
    '/types/module.d.ts': 'declare global {}\nexport {};',
    '/lib/lib.es6.d.ts': '/// <reference lib="es5" />\nes6',
    '/lib/lib.es5.d.ts': 'es5',
  };
  const textsOf = (main: string) => {
    const library = joinedLibrary(main, (path) => files[path]);
    return Object.fromEntries(
      Object.keys(files).map((path) => [path, library.textOf(path)?.split(/\n+/)]),
    );
  };

  it('has each text behind those that it needs, and refers to modules', () => {
    const texts = textsOf('/types/main.d.ts');
    assert.deepEqual(texts, {
      '/types/main.d.ts': [
        '/// <reference path="module.d.ts" />',
        '/// <reference lib="es5" />',
        ...['b', 'a', 'main'],
      ],
      ...{ '/types/a.d.ts': [''], '/inner/b.d.ts': [''], '/types/module.d.ts': undefined },
      ...{ '/lib/lib.es6.d.ts': undefined, '/lib/lib.es5.d.ts': undefined },
    });
  });

  it('takes in the libraries that lie beside it', () => {
    const texts = textsOf('/lib/lib.es6.d.ts');
    assert.deepEqual(texts['/lib/lib.es6.d.ts'], ['es5', 'es6']);
    assert.deepEqual(texts['/lib/lib.es5.d.ts'], ['']);
  });
});
