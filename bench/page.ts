/**
 * `npm run bench:page`: a lesson in its page, in headless Chromium without a GPU: the browser alone,
 * the machine's kernel, and for what computes, the same cells in Node on wasm; in turn for some rounds.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { runNotebook } from '../dist/kernel/run-notebook.js';
import { readLessons } from '../dist/lessons/catalogue.js';
import { toNotebook } from '../dist/lessons/to-notebook.js';
import { writeNotebook } from '../dist/notebook/files.js';
import { textOf, type CodeCell, type Notebook } from '../dist/notebook/notebook.js';
import { BenchLearner, peakMegabytes } from './page-learner.js';
import { serveCompressed } from './page-server.js';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const rounds = Number(options.rounds);

const training = `
import { inceptionResNetV1, tf, useBackend } from 'inception-lab';
await useBackend('wasm');
const model = inceptionResNetV1({
  inputShape: [32, 32, 3], classes: 10, stem: 'medium', width: 0.125, blocks: [1, 2, 1],
});
model.compile({ optimizer: tf.train.rmsprop(0.01), loss: 'categoricalCrossentropy' });
const pictures = tf.randomNormal([32, 32, 32, 3]);
const labels = tf.oneHot(tf.range(0, 32, 1, 'int32').mod(tf.scalar(10, 'int32')), 10);
const times: number[] = [];
for (let i = 0; i < 9; i++) {
  const start = performance.now();
  await model.trainOnBatch(pictures, labels);
  times.push(performance.now() - start);
}
console.log(times.slice(2).sort((a, b) => a - b)[3]);
`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Runs cells in Node on wasm, one thread. */
async function inNode(sources: readonly string[]): Promise<{ seconds: number; printed: string }> {
  const cells = sources.map((source, i): CodeCell => ({
    ...{ cell_type: 'code', id: `cell-${i}`, metadata: {}, outputs: [], execution_count: null },
    source,
  }));
  const notebook: Notebook = { cells, metadata: {}, nbformat: 4, nbformat_minor: 5 };
  const env = { INCEPTION_LAB_BACKEND: 'wasm' };
  const start = performance.now();
  const executed = await runNotebook(notebook, { cwd: process.cwd(), env, cellTimeout: 600 });
  const seconds = (performance.now() - start) / 1000;
  const [output] = (executed.cells.at(-1) as CodeCell).outputs;
  return { seconds, printed: output?.output_type === 'stream' ? textOf(output.text) : '' };
}

const [, first, , , , , , , , heavy] = await readLessons();
const output = mkdtempSync(join(tmpdir(), 'inception-lab-bench-'));
const run = ['dist/cli/main.js', 'run', '--lesson', '01', '--backend', 'wasm', '--output', output];
const machine = spawn(process.execPath, run, { stdio: ['ignore', 'pipe', 'inherit'] });
const home = await new Promise<string>((resolve, reject) => {
  let said = '';
  machine.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const [address] = /http:\S+/.exec(said) ?? [];
    if (address !== undefined && said.includes('Lessons: ')) resolve(address);
  });
  machine.on('close', () => {
    reject(new Error('The course has not started.'));
  });
});
const files = await serveCompressed(join(output, 'site'));

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

interface Round {
  readonly megabytes: number;
  readonly cold: number;
  readonly warm: number;
  readonly machine: number;
  readonly small: number;
  readonly typed: number;
}

/** What a reader waits for, in seconds and milliseconds. */
async function wait(): Promise<Round> {
  const browser = await launch();
  try {
    const address = new URL(`${first!.slug}.html`, files.address).href;
    const context = await browser.newContext();
    files.takeBytes();
    const one = await BenchLearner.open(context, address);
    const cold = await one.firstResult('code-1');
    const megabytes = files.takeBytes() / 1e6;
    const times: number[] = [];
    for (let i = 0; i < 21; i++) times.push(await one.run('code-1', `${i} * 2`));
    const typed: number[] = [];
    for (let i = 0; i < 5; i++)
      typed.push(await one.typeError('code-1', `const n${i}: string = ${i}`));
    await one.page.close();
    const two = await BenchLearner.open(context, address);
    const warm = await two.firstResult('code-1');
    const { search } = new URL(home);
    const three = await BenchLearner.open(
      await browser.newContext(),
      new URL(`${first!.slug}.html${search}`, home).href,
    );
    const onMachine = await three.firstResult('code-1');
    return {
      megabytes,
      cold,
      warm,
      machine: onMachine,
      small: median(times),
      typed: median(typed),
    };
  } finally {
    await browser.close();
  }
}

interface Work {
  /** Seconds of the heaviest lesson. */
  readonly lesson: number;
  /** Milliseconds of a training step. */
  readonly step: number;
  readonly megabytes: number;
}

async function workInPage(): Promise<Work> {
  const browser = await launch();
  try {
    const address = new URL(`${heavy!.slug}.html`, files.address).href;
    const learner = await BenchLearner.open(await browser.newContext(), address);
    const lesson = (await learner.runAll(solved)) / 1000;
    const megabytes = peakMegabytes();
    await learner.page.getByRole('button', { name: 'Restart' }).click();
    await learner.run('code-1', training);
    return { lesson, step: Number(await learner.outputs('code-1')), megabytes };
  } finally {
    await browser.close();
  }
}

async function workInNode(): Promise<Work> {
  const sources = toNotebook(heavy!, 'solved')
    .cells.filter(({ cell_type }) => cell_type === 'code')
    .map(({ source }) => textOf(source));
  const peak = 'console.log(process.resourceUsage().maxRSS / 1024)';
  const { seconds, printed } = await inNode([...sources, peak]);
  const step = Number((await inNode([training])).printed);
  return { lesson: seconds, step, megabytes: Number(printed) };
}

const solved = join(output, 'solved.ipynb');
const waits: Round[] = [];
const pages: Work[] = [];
const nodes: Work[] = [];
try {
  await writeNotebook(solved, toNotebook(heavy!, 'solved'));
  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`round ${round}\n`);
    waits.push(await wait());
    pages.push(await workInPage());
    nodes.push(await workInNode());
  }
} finally {
  machine.kill('SIGINT');
  files.close();
  rmSync(output, { recursive: true, force: true });
}

const of = (name: keyof Round) => median(waits.map((round) => round[name]));
const seconds = (name: keyof Round) => `${(of(name) / 1000).toFixed(2)} s`;
const milliseconds = (name: keyof Round) => `${of(name).toFixed(0)} ms`;
console.log(`${cpus()[0]?.model ?? 'CPU'}, ${cpus().length} cores, Node ${process.version}\n`);
console.log(`| what a reader waits for, median of ${rounds} rounds | |`);
console.log('| --- | --- |');
console.log(`| the browser alone, empty cache: address to first result | ${seconds('cold')} |`);
console.log(`| what it fetches for that, compressed | ${of('megabytes').toFixed(2)} MB |`);
console.log(`| the browser alone, the second time | ${seconds('warm')} |`);
console.log(`| this machine's kernel: address to first result | ${seconds('machine')} |`);
console.log(`| the browser alone: a later, small cell | ${milliseconds('small')} |`);
console.log(`| a type error, from the last key to its line | ${milliseconds('typed')} |\n`);
console.log('| wasm, one thread | Chromium | Node | ratio |');
console.log('| --- | --- | --- | --- |');
const rows = [
  ['lesson 09, all cells, kernel started: s', 'lesson', 1],
  ['32-px Inception-ResNet, batch 32, a training step: ms', 'step', 0],
  ['lesson 09, peak memory: MB', 'megabytes', 0],
] as const;
for (const [title, name, digits] of rows) {
  const [page, node] = [pages, nodes].map((all) => median(all.map((work) => work[name])));
  const numbers = [page, node].map((value) => value!.toFixed(digits));
  console.log(`| ${[title, ...numbers, (page! / node!).toFixed(2)].join(' | ')} |`);
}
process.exit();
