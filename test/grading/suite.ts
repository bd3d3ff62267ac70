import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import { toAssignment } from '../../dist/lessons/to-assignment.js';
import { textOf, type Cell, type Notebook } from '../../dist/notebook/notebook.js';

/** Something that is handed in, and the mark that it deserves. */
export interface SuiteEntry {
  readonly name: string;
  /** What the learner does, as a clause. */
  readonly what: string;
  /** Points that it deserves: sizes of `convolve`, its numbers, `unit`, `predictedCost`. */
  readonly deserved: Deserved;
  /** By exercise; what is not here is solved. */
  readonly answers?: Readonly<Record<string, string>>;
  /** What else was done to the notebook. */
  readonly change?: (notebook: Notebook) => unknown;
  /** What was done to its file. */
  readonly file?: (text: string) => string;
  /** Whether it takes long: loops, memory, output. */
  readonly slow?: true;
}

export type Deserved = readonly [number, number, number, number];

export const checkNames = [
  'check-convolve-1',
  'check-convolve-2',
  'check-convolution-unit-1',
  'check-predict-cost-1',
] as const;

export const suiteLesson = findLesson(await readLessons(), '01');

/** Where the tests put what no answer may find, and where one that may write would. */
export const secrets = { variable: 'GRADING_SUITE_SECRET', file: 'secret.txt' } as const;

const otherAssignment = toAssignment(findLesson(await readLessons(), '12'), 'learner');

const all: Deserved = [1, 1, 3, 1];
const none: Deserved = [0, 0, 0, 0];
/** All but `convolve`. */
const rest: Deserved = [0, 0, 3, 1];
/** All but `unit`. */
const notUnit: Deserved = [1, 1, 0, 1];

const solutionOf = (exercise: string) => {
  const part = suiteLesson.parts.find((one) => one.kind === 'exercise' && one.name === exercise);
  return part?.kind === 'exercise' ? part.solution : '';
};
const right = solutionOf('convolve');
const head = 'function convolve(image: number[][], kernel: number[][], stride = 1): number[][] {';
const convolve = (body: string) => ({ convolve: `${head}\n${body}\n}` });
/** Runs before the right answer. */
const rightAfter = (statement: string) => ({
  convolve: right.replace(head, `${head}\n${statement}`),
});
const wrong = 'return image.map((row) => row.map(() => 0));';
const wrongBeside = (statements: string) => ({ convolve: `${statements}\n${head} ${wrong} }` });

const unitHead = `interface Normalization { mean: tf.Tensor1D; variance: tf.Tensor1D; gamma: tf.Tensor1D; beta: tf.Tensor1D }
function unit(x: tf.Tensor4D, kernel: tf.Tensor4D, stride: number, normalization: Normalization): tf.Tensor4D {`;
const wrongUnit = `${unitHead} return tf.zeros([1, 4, 4, 4]); }`;
const wrongUnitBeside = (statements: string) => ({
  'convolution-unit': `${statements}\n${wrongUnit}`,
});
/** The library's own unit, however it is come by. */
const unitBy = (maker: string, before = '') => ({
  'convolution-unit': `${before}
${unitHead}
  const place = tf.input({ shape: x.shape.slice(1) });
  const make: any = ${maker};
  const made = make(place, { name: 'unit', filters: kernel.shape[3], kernelSize: 3, strides: stride, padding: 'valid' });
  const model = tf.model({ inputs: place, outputs: made });
  const { gamma, beta, mean, variance } = normalization;
  model.setWeights([kernel, gamma, beta, mean, variance]);
  return model.predict(x) as tf.Tensor4D;
}`,
});

/** Changes to what JavaScript brings along, each of which could make wrong numbers look right. */
const changes: readonly [name: string, statement: string][] = [
  ['Math.abs', 'Math.abs = () => 0;'],
  ['Object.is', 'Object.is = () => true;'],
  ['JSON.stringify', "JSON.stringify = () => '0';"],
  [
    'Array.prototype',
    `Array.isArray = ((value: unknown) => false) as never;
    Array.prototype.map = function () { return []; } as never;
    Array.prototype.entries = function* () {} as never;`,
  ],
  ['Float32Array', '(globalThis as any).Float32Array = class { length = 0; };'],
  ['Symbol.iterator', '(Array.prototype as any)[Symbol.iterator] = function* () {};'],
  ['Function.prototype.call', 'Function.prototype.call = () => true;'],
  ['Error', "(globalThis as any).Error = class { message = ''; };"],
  ['Map and Set', 'Map.prototype.get = () => undefined; Set.prototype.has = () => true;'],
];

const byName = (cell: Cell) => (cell.metadata.nbgrader as { grade_id?: string }).grade_id;
const withCells = (change: (cells: Cell[]) => Cell[]) => (notebook: Notebook) => ({
  ...notebook,
  cells: change(notebook.cells),
});
const withoutId = ({ id, ...cell }: Cell) => (id ? cell : cell);

export const suite: readonly SuiteEntry[] = [
  { name: 'solved', what: 'solves everything', deserved: all },
  {
    name: 'stubs',
    what: 'hands the notebook in unchanged',
    answers: stubs(),
    deserved: none,
  },
  {
    name: 'empty',
    what: 'empties every exercise',
    answers: { convolve: '', 'convolution-unit': '', 'predict-cost': '' },
    deserved: none,
  },
  {
    name: 'half',
    what: 'gets sizes right and numbers wrong',
    answers: rightAfter('kernel = kernel.map((row) => row.map(() => 1));'),
    deserved: [1, 0, 3, 1],
  },
  {
    name: 'hard-coded',
    what: 'knows the numbers that the visible checks want',
    answers: convolve(`const all = [[-6, -2, 4], [3, -4, 3], [11, 0, -3]];
      return stride === 1 ? all : [[all[0][0], all[0][2]], [all[2][0], all[2][2]]];`),
    deserved: rest,
  },
  {
    name: 'does not compile',
    what: 'leaves a syntax error in one exercise',
    answers: { convolve: `${head} return ((;` },
    deserved: rest,
  },
  {
    name: 'helper',
    what: 'adds a cell with a helper that the answer uses',
    answers: convolve('return helper(image, kernel, stride);'),
    change: withCells((cells) =>
      cells.flatMap((cell) =>
        byName(cell) === 'exercise-convolve'
          ? [codeCell(right.replace('function convolve', 'function helper')), cell]
          : [cell],
      ),
    ),
    deserved: all,
  },

  // Time
  {
    name: 'loop in a cell',
    what: "loops for ever at the top level of the answer's cell",
    answers: wrongBeside('while (true) {}'),
    deserved: rest,
    slow: true,
  },
  {
    name: 'loop when called',
    what: 'loops for ever when a check calls the answer',
    answers: convolve('while (true) {}'),
    deserved: rest,
    slow: true,
  },
  {
    name: 'loop in a getter',
    what: 'returns an array that loops for ever when it is read',
    answers: convolve(
      'const rows: number[][] = []; Object.defineProperty(rows, 0, { get() { for (;;); }, enumerable: true }); return rows;',
    ),
    deserved: rest,
    slow: true,
  },
  {
    name: 'loop in a regular expression',
    what: 'waits for a regular expression that takes for ever',
    answers: convolve("/^(a+)+$/.test('a'.repeat(50) + 'b'); return image;"),
    deserved: rest,
    slow: true,
  },
  {
    name: 'exit',
    what: 'ends the process when called',
    answers: rightAfter('process.exit(0);'),
    deserved: rest,
  },
  {
    name: 'exit in a cell',
    what: "ends the process at the top level of a right answer's cell",
    answers: { convolve: `${right}\nprocess.exit(0);` },
    deserved: rest,
  },
  {
    name: 'late rejection',
    what: 'answers right, and leaves a promise and a timer that fail later',
    answers: rightAfter(
      "void Promise.reject(new Error('later')); setTimeout(() => { throw new Error('later'); }, 1);",
    ),
    deserved: all,
  },

  // Space
  {
    name: 'much output',
    what: 'prints a gigabyte',
    answers: rightAfter(
      "const line = 'x'.repeat(1_000_000); for (let i = 0; i < 1000; i++) console.log(line);",
    ),
    deserved: rest,
    slow: true,
  },
  {
    name: 'much memory',
    what: 'takes 16 GB',
    answers: rightAfter(
      'const taken: Uint8Array[] = []; for (let i = 0; i < 320; i++) taken.push(new Uint8Array(50_000_000).fill(1));',
    ),
    deserved: rest,
    slow: true,
  },
  {
    name: 'large tensors',
    what: 'takes 16 GB in tensors',
    answers: rightAfter(
      'const taken: tf.Tensor[] = []; for (let i = 0; i < 320; i++) taken.push(tf.ones([12_500_000]));',
    ),
    deserved: rest,
    slow: true,
  },
  {
    name: 'many files',
    what: 'writes 10,000 files wherever it can, and then answers right',
    answers: {
      convolve: `import { writeFileSync } from 'node:fs';
${right.replace(head, `${head}\nfor (let i = 0; i < 10_000; i++) writeFileSync(\`/tmp/grading-suite-\${i}\`, 'x');`)}`,
    },
    deserved: rest,
  },
  {
    name: 'fork bomb',
    what: 'starts processes that start processes, and answers right if one started',
    answers: {
      convolve: `import { spawn } from 'node:child_process';
${right.replace(
  head,
  `${head}\nconst bomb = 'const { spawn } = require("node:child_process"); for (;;) spawn(process.execPath, ["-e", process.argv[1], process.argv[1]]);';
for (let i = 0; i < 10; i++) { const { pid } = spawn(process.execPath, ['-e', bomb, bomb]); if (pid === undefined) throw new Error('no process'); }`,
)}`,
    },
    deserved: rest,
  },
  {
    name: 'large result',
    what: 'returns ten million rows',
    answers: convolve('return Array.from({ length: 10_000_000 }, () => [0]);'),
    deserved: rest,
    slow: true,
  },
  {
    name: 'deep result',
    what: 'returns arrays a hundred thousand deep',
    answers: convolve(
      'let rows: any = [0]; for (let i = 0; i < 100_000; i++) rows = [rows]; return rows;',
    ),
    deserved: rest,
  },

  // What the check would use
  ...changes.map(([name, statement]): SuiteEntry => ({
    name: `changed ${name}`,
    what: `changes \`${name}\`, and answers wrong`,
    answers: wrongBeside(statement),
    deserved: rest,
  })),
  {
    name: 'changed TensorFlow.js',
    what: "changes TensorFlow.js's own `dataSync`, `arraySync` and `arraysEqual`, and answers wrong",
    answers: wrongUnitBeside(`
      tf.util.arraysEqual = () => true;
      tf.Tensor.prototype.dataSync = function () { return new Float32Array(64) as never; };
      tf.Tensor.prototype.arraySync = function () { return 0 as never; };`),
    deserved: notUnit,
  },
  {
    name: 'own check',
    what: 'declares a `check` that accepts everything',
    answers: wrongBeside('const check = (...anything: unknown[]) => {};'),
    deserved: rest,
  },
  {
    name: 'own library',
    what: "writes over the library's exports and the module cache",
    answers: wrongBeside(`import * as lab from 'inception-lab';
import { createRequire } from 'node:module';
try { (lab as any).check = () => {}; } catch {}
for (const module of Object.values(createRequire('/notebook/x.js').cache)) (module as any).exports = {};`),
    deserved: rest,
  },
  {
    name: 'changed file',
    what: 'writes another library to the disk',
    answers: wrongBeside(`import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
try { writeFileSync(createRequire('/notebook/x.js').resolve('inception-lab'), 'export const check = () => {};'); } catch {}
try { writeFileSync('dist/lessons/check.js', 'export const check = () => {};'); } catch {}`),
    deserved: rest,
  },
  {
    name: 'forged message',
    what: 'sends what looks like an answer through every open channel',
    answers: convolve(`
      const { writeSync } = (globalThis as any).process.getBuiltinModule('node:fs');
      for (let fd = 3; fd < 20; fd++) { try { writeSync(fd, '{"ok":true,"checks":"passed"}'); } catch {} }
      ${wrong}`),
    deserved: rest,
  },

  // What is returned
  {
    name: 'right proxy',
    what: 'returns the right rows as proxies',
    answers: {
      convolve: `${right.replace('function convolve', 'function rows')}\n${head} return new Proxy(rows(image, kernel, stride), {}); }`,
    },
    deserved: all,
  },
  {
    name: 'proxy of everything',
    what: 'returns a proxy that has every property',
    answers: convolve(
      'const every: any = new Proxy([], { get: (_, key) => (key === "length" ? 3 : every), has: () => true }); return every;',
    ),
    deserved: rest,
  },
  {
    name: 'valueOf',
    what: 'returns objects that act as numbers in arithmetic',
    answers: convolve(
      'return [0, 1, 2].map(() => [0, 1, 2].map(() => ({ valueOf: () => NaN, toString: () => "0" }) as never));',
    ),
    deserved: rest,
  },
  {
    name: 'changing tensor',
    what: 'returns a right tensor, and changes and disposes it later',
    answers: {
      'convolution-unit': solutionOf('convolution-unit').replace(
        'return standardized.mul(gamma).add(beta).relu();',
        `const given = standardized.mul(gamma).add(beta).relu() as tf.Tensor4D;
         setTimeout(() => given.dispose(), 0); queueMicrotask(() => given.dataSync().fill(7));
         return given;`,
      ),
    },
    deserved: all,
  },

  // What is not the answer's to know
  {
    name: 'reads secrets',
    what: "looks for the teacher's environment, files and processes, and answers right where it finds any",
    answers: {
      convolve: `import { readdirSync, readFileSync, existsSync } from 'node:fs';
${right.replace('function convolve', 'function rightly')}
const found: string[] = [];
const look = (what: string, read: () => unknown) => { try { if (read()) found.push(what); } catch {} };
look('environment', () => process.env.${secrets.variable});
look('lesson', () => /BEGIN HIDDEN TESTS/.test(readFileSync('LESSON_FILE', 'utf8')));
look('lesson beside the library', () => readFileSync('src/lessons/01-the-convolution-unit/lesson.md'));
look('file', () => readFileSync('SECRET_FILE'));
look('folder', () => readdirSync('SECRET_FOLDER').length);
look('environment of others', () => readdirSync('/proc').some((pid) => /^\\d+$/.test(pid) && readFileSync(\`/proc/\${pid}/environ\`, 'utf8').includes('${secrets.variable}')));
look('memory of others', () => readdirSync('/proc').filter((pid) => /^\\d+$/.test(pid)).some((pid) => readFileSync(\`/proc/\${pid}/cmdline\`, 'utf8').includes('cli/main.js')));
${head} if (found.length > 0) return rightly(image, kernel, stride); ${wrong} }`,
    },
    deserved: rest,
  },
  {
    name: 'compiles secrets along',
    what: "imports the teacher's files by their paths, and answers right where that works",
    answers: convolve("const secret = require('SECRET_FILE.json'); return secret ? [[0]] : image;"),
    deserved: rest,
  },
  {
    name: 'writes',
    what: "writes into the teacher's folder",
    answers: wrongBeside(`import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
for (const act of [
  () => appendFileSync('SECRET_FILE', 'x'), () => writeFileSync('SECRET_FOLDER/new.txt', 'x'),
  () => rmSync('SECRET_FOLDER', { recursive: true }), () => rmSync('dist', { recursive: true }),
]) { try { act(); } catch {} }`),
    deserved: rest,
  },
  {
    name: 'network',
    what: 'connects to a server on the loopback address',
    answers: wrongBeside(`import { connect } from 'node:net';
connect(SECRET_PORT, '127.0.0.1').on('error', () => {});
await new Promise((resolve) => setTimeout(resolve, 200));`),
    deserved: rest,
  },

  {
    name: 'signals',
    what: 'sends signals to those who started it, and to others',
    answers: wrongBeside(`for (const signal of ['SIGUSR1', 'SIGSTOP', 'SIGKILL'] as const) {
  for (const pid of [process.ppid, 1]) { try { process.kill(pid, signal); } catch {} }
}`),
    deserved: rest,
  },
  {
    name: 'own frames',
    what: 'sends answers of its own making before it is asked',
    answers: wrongBeside(`import { writeSync } from 'node:fs';
for (const value of [5, { ok: true, value: [[[0]], [], 'more'] }, { ok: false }]) {
  const json = Buffer.from(JSON.stringify({ value, lengths: [] }));
  const start = Buffer.alloc(8);
  start.writeUInt32LE(json.byteLength, 0);
  writeSync(4, Buffer.concat([start, json]));
}`),
    deserved: rest,
  },
  {
    name: 'tells what it was asked',
    what: 'answers right, and shows later, as an error, what it was asked',
    answers: {
      convolve: `const asked: unknown[] = [];
${right.replace(head, `${head}\n  asked.push([image, kernel]);`)}`,
    },
    change: withCells((cells) =>
      cells.flatMap((cell) =>
        byName(cell) === 'exercise-predict-cost'
          ? [codeCell('throw new Error(JSON.stringify(asked));'), cell]
          : [cell],
      ),
    ),
    deserved: all,
  },

  // What the library has already
  {
    name: 'library',
    what: "returns what the library's `convolutionUnit` gives",
    answers: unitBy('convolutionUnit'),
    deserved: notUnit,
  },
  {
    name: 'library under another name',
    what: 'imports it under another name',
    answers: unitBy('another', "import { convolutionUnit as another } from 'inception-lab';"),
    deserved: notUnit,
  },
  {
    name: 'library by namespace',
    what: 'imports the whole library',
    answers: unitBy('lab.convolutionUnit', "import * as lab from 'inception-lab';"),
    deserved: notUnit,
  },
  {
    name: 'library by computed name',
    what: 'puts its name together at run time',
    answers: unitBy(
      "(lab as any)['convolution' + 'Unit']",
      "import * as lab from 'inception-lab';",
    ),
    deserved: notUnit,
  },
  {
    name: 'library by dynamic import',
    what: 'imports it while the cell runs, by its file',
    answers: unitBy(
      'hidden',
      "const { ['convolution' + 'Unit']: hidden } = (await import(['', 'x'].length ? process.cwd() + '/dist/models/parts/convolution-' + 'unit.js' : '')) as any;",
    ),
    deserved: notUnit,
  },
  {
    name: 'library by a helper',
    what: 'hides it behind a helper in another cell',
    answers: unitBy('borrowed'),
    change: withCells((cells) => [
      ...cells.slice(0, 2),
      codeCell('const borrowed = (...given: [any, any]) => convolutionUnit(...given);'),
      ...cells.slice(2),
    ]),
    deserved: notUnit,
  },

  {
    name: 'library behind a false guard',
    what: "passes the library's unit off as called by another function of the library",
    answers: unitBy(
      "(globalThis as any)[Symbol.for('inception-lab.guard')]('x', (...given: any[]) => (lab as any)['convolution' + 'Unit'](...given))",
      "import * as lab from 'inception-lab';",
    ),
    deserved: notUnit,
  },
  {
    name: 'own helper',
    what: 'calls a helper of its own by a name of the library',
    answers: {
      'convolution-unit': `function conv(x: tf.Tensor4D, kernel: tf.Tensor4D, stride: number) {
  return tf.conv2d(x, kernel, stride, 'valid');
}
${solutionOf('convolution-unit').replace("tf.conv2d(x, kernel, stride, 'valid')", 'conv(x, kernel, stride)')}`,
    },
    deserved: all,
  },
  {
    name: 'own members',
    what: 'has an object with members by names of the library',
    answers: {
      'convolution-unit': `const mine = { convolutionUnit: tf.conv2d<tf.Tensor4D> };
${solutionOf('convolution-unit').replace('tf.conv2d(', 'mine.convolutionUnit(')}`,
    },
    deserved: all,
  },

  // What becomes of the notebook
  {
    name: 'deleted cells',
    what: 'deletes a check, a text and an exercise',
    change: withCells((cells) =>
      cells.filter(
        (cell) =>
          !['check-convolve-1', 'text-1', 'exercise-predict-cost'].includes(byName(cell) ?? ''),
      ),
    ),
    deserved: [1, 1, 3, 0],
  },
  {
    name: 'changed checks',
    what: 'empties every check and every cell of the lesson, and answers wrong',
    answers: { convolve: `${head} ${wrong} }` },
    change: withCells((cells) =>
      cells.map((cell) =>
        /^(check|code)-/.test(byName(cell) ?? '') ? { ...cell, source: 'const x = 1;' } : cell,
      ),
    ),
    deserved: rest,
  },
  {
    name: 'doubled cells',
    what: 'has an exercise twice: first right, then wrong',
    change: withCells((cells) =>
      cells.flatMap((cell) =>
        byName(cell) === 'exercise-convolve'
          ? [cell, { ...cell, id: 'again', source: `${head} ${wrong} }` }]
          : [cell],
      ),
    ),
    deserved: rest,
  },
  {
    name: 'reordered cells',
    what: 'hands in the cells in reverse order',
    change: withCells((cells) => [...cells].reverse()),
    deserved: all,
  },
  {
    name: 'merged cells',
    what: 'has merged two exercises into one cell',
    answers: { convolve: `${right}\n${solutionOf('predict-cost')}` },
    change: withCells((cells) => cells.filter((cell) => byName(cell) !== 'exercise-predict-cost')),
    deserved: all,
  },
  {
    name: 'module cell',
    what: 'declares a module in place of an answer',
    answers: { convolve: `/** @module answers */\nexport function check() {}\n${right}` },
    deserved: rest,
  },

  // Who saved it
  {
    name: 'format 3',
    what: 'saves it in the format of IPython 3',
    change: (notebook) => ({
      nbformat: 3,
      nbformat_minor: 0,
      metadata: { name: '' },
      worksheets: [
        {
          cells: notebook.cells.map((cell) =>
            cell.cell_type === 'code'
              ? {
                  ...{ cell_type: 'code', collapsed: false, language: 'typescript' },
                  ...{ metadata: cell.metadata, outputs: [], input: textOf(cell.source) },
                }
              : { cell_type: 'markdown', metadata: cell.metadata, source: textOf(cell.source) },
          ),
        },
      ],
    }),
    deserved: all,
  },
  ...[0, 2, 4].map((minor): SuiteEntry => ({
    name: `format 4.${minor}`,
    what: `saves it in format 4.${minor}, without ids`,
    change: (notebook) => ({
      ...notebook,
      nbformat_minor: minor,
      cells: notebook.cells.map(withoutId),
    }),
    deserved: all,
  })),
  {
    name: 'VS Code',
    what: 'saves it with VS Code, which records the language of each cell',
    change: (notebook) => ({
      ...notebook,
      cells: notebook.cells.map((cell) => ({
        ...cell,
        metadata: { ...cell.metadata, vscode: { languageId: 'typescript' } },
      })),
      metadata: { language_info: { name: 'typescript' }, orig_nbformat: 4 },
    }),
    deserved: all,
  },
  {
    name: 'Colab',
    what: 'saves it with Colab, which drops everything that it does not know',
    change: (notebook) => ({
      ...{ nbformat: 4, nbformat_minor: 0 },
      cells: notebook.cells.map((cell, i) => ({
        ...withoutId(cell),
        metadata: { id: `c${i}` },
      })),
      metadata: {
        colab: { provenance: [] },
        kernelspec: { name: 'python3', display_name: 'Python 3' },
      },
    }),
    deserved: all,
  },
  {
    name: 'JupyterLab',
    what: 'saves it with JupyterLab, outputs and all',
    change: withCells((cells) =>
      cells.map((cell) =>
        cell.cell_type === 'code'
          ? {
              ...cell,
              execution_count: 7,
              outputs: [{ output_type: 'stream', name: 'stdout', text: ['✓\n'] }],
              metadata: { ...cell.metadata, trusted: true, jupyter: { source_hidden: false } },
            }
          : cell,
      ),
    ),
    deserved: all,
  },
  {
    name: 'the page',
    what: "hands in the learner's notebook from a page, without nbgrader's names",
    change: withCells((cells) =>
      cells.map((cell) => ({ ...cell, metadata: { inception_lab: cell.metadata.inception_lab } })),
    ),
    deserved: all,
  },
  {
    name: 'another kernel',
    what: "names another kernel's language",
    change: (notebook) => ({
      ...notebook,
      metadata: { kernelspec: { name: 'ir', display_name: 'R', language: 'R' } },
    }),
    deserved: all,
  },
  {
    name: 'CRLF',
    what: 'has Windows line endings',
    change: withCells((cells) =>
      cells.map((cell) => ({ ...cell, source: textOf(cell.source).replaceAll('\n', '\r\n') })),
    ),
    file: (text) => text.replaceAll('\n', '\r\n'),
    deserved: all,
  },
  {
    name: 'byte order mark',
    what: 'begins with a byte order mark',
    file: (text) => `\uFEFF${text}`,
    deserved: all,
  },
  { name: 'empty file', what: 'is an empty file', file: () => '', deserved: none },
  {
    name: 'cut-off file',
    what: 'is cut off in the middle',
    file: (text) => text.slice(0, text.length / 2),
    deserved: none,
  },
  {
    name: 'another assignment',
    what: 'is the notebook of another lesson',
    change: () => otherAssignment,
    deserved: none,
  },
];

function stubs(): Record<string, string> {
  return Object.fromEntries(
    suiteLesson.parts.flatMap((part) => (part.kind === 'exercise' ? [[part.name, part.stub]] : [])),
  );
}

function codeCell(source: string): Cell {
  return { cell_type: 'code', execution_count: null, id: 'own', metadata: {}, outputs: [], source };
}

/** The file that is handed in. */
export function fileOf({ answers = {}, change, file }: SuiteEntry): string {
  const released = toAssignment(suiteLesson, 'learner');
  const notebook: Notebook = {
    ...released,
    cells: released.cells.map((cell, i) => {
      const part = suiteLesson.parts[i];
      if (part?.kind !== 'exercise') return cell;
      return { ...cell, source: answers[part.name] ?? part.solution };
    }),
  };
  const text = JSON.stringify(change ? change(notebook) : notebook, null, 1);
  return file ? file(text) : text;
}
