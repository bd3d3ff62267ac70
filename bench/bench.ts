/**
 * `npm run bench`: our networks on every backend that is here, side by side, as ratios. The
 * contenders of a table run in turn, each in a process of its own, for some rounds.
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import {
  backendNames,
  chooseBackend,
  exportOnnx,
  inceptionV4,
  saveWeights,
  useBackend,
  type tf,
} from 'inception-lab';

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

interface Measurement {
  readonly device: string;
  readonly seconds: number[];
  readonly first: number | null;
  readonly peakMiB: number;
}

interface Result {
  readonly name: string;
  readonly device: string;
  /** The median run, or for a first step the median process from its start. */
  readonly seconds: number;
  readonly peakMiB: number;
  /** Of the table's first contender. */
  readonly ratio: number;
}

interface Table {
  readonly title: string;
  readonly contenders: readonly Contender[];
  readonly firstStep?: boolean;
  /** Writes the files that the contenders read. */
  readonly prepare?: () => Promise<void>;
}

const usage =
  'Usage: npm run bench -- [--only TEXT] [--rounds NUMBER] [--python INTERPRETER] [--json FILE]';

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', default: '' },
        rounds: { type: 'string', default: '3' },
        python: { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const rounds = Number(values.rounds);
    if (Number.isInteger(rounds) && rounds > 0) return { ...values, rounds };
    throw new Error(`--rounds is ${values.rounds}: give a whole number of at least 1.`);
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

const options = readOptions();

function ours(backend: string, work: string, runs: number, ...more: string[]): Contender {
  const script = fileURLToPath(new URL(`./contender${extname(import.meta.url)}`, import.meta.url));
  const command = [
    process.execPath,
    ...process.execArgv,
    script,
    backend,
    work,
    `${runs}`,
    ...more,
  ];
  const words = [backend, work.endsWith('optimized') ? 'optimized' : '', ...more];
  return { name: words.filter((word) => word !== '').join(', '), command };
}

function python(name: string, file: string, ...args: (string | number)[]): Contender[] {
  if (options.python === undefined) return [];
  const script = fileURLToPath(new URL(file, import.meta.url));
  return [{ name, command: [options.python, script, ...args.map(String)] }];
}

function torch(work: string, runs: number): Contender[] {
  return python('PyTorch, eager', './contender.py', work, runs);
}

/** Contenders that read this file. */
function reading(file: string, contenders: readonly Contender[]): Contender[] {
  return contenders.map((contender) => ({ ...contender, env: { BENCH_FILE: file } }));
}

/** Inception-v4 as others read it. */
async function write(
  variant: 'paper' | 'slim',
  format: (model: tf.LayersModel) => Promise<unknown>,
): Promise<void> {
  await useBackend();
  const model = inceptionV4({ variant, activation: 'linear', seed: 1 });
  await format(model);
  model.dispose();
}

function tables(present: readonly string[], folder: string): Table[] {
  const onnx = join(folder, 'v4.onnx');
  const timm = join(folder, 'v4.safetensors');
  const keras = join(folder, 'resnet-v2.weights.h5');
  const fast = present.filter((name) => name !== 'cpu');
  const [training, forward] = ['inception-v4 training', 'inception-v4 forward'];
  const large = present.filter((name) => name === 'native' || name === 'webgpu');
  const all: Table[] = [
    {
      title: 'Inception-v4, 299 px, batch 8, training step',
      contenders: [
        ...torch(training, 2),
        ...large.flatMap((name) => [ours(name, training, 2), ours(name, training, 2, 'stock')]),
      ],
    },
    {
      title: 'Inception-v4, 299 px, batch 1, forward',
      prepare: () => write('paper', (model) => exportOnnx(model, onnx)),
      contenders: [
        ...torch(forward, 7),
        ...[2, 1].flatMap((threads) =>
          python(
            `ONNX Runtime, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
            './onnx_contender.py',
            onnx,
            7,
            threads,
          ),
        ),
        ...fast.flatMap((name) => [ours(name, `${forward} optimized`, 7), ours(name, forward, 7)]),
      ],
    },
    {
      title: 'Inception-v4, loading 171 MB of safetensors',
      prepare: () => write('slim', (model) => saveWeights(model, timm, { to: 'timm' })),
      contenders: reading(timm, [
        ...python('timm', './contender.py', 'inception-v4 loading', 3),
        ...fast.map((name) => ours(name, 'inception-v4 loading', 3)),
      ]),
    },
    {
      // Keras, the first, writes the file.
      title: 'Inception-ResNet-v2, loading 225 MB of .weights.h5',
      contenders: reading(
        keras,
        python('Keras, on PyTorch', './keras_contender.py', 3).flatMap((contender) => [
          contender,
          ...fast.map((name) => ours(name, 'inception-resnet-v2 loading', 3)),
        ]),
      ),
    },
    {
      title: '32-px Inception-ResNet, batch 32, training step',
      contenders: [
        ...fast.map((name) => ours(name, 'small training', 3)),
        ...(present.includes('cpu') ? [ours('cpu', 'small training', 0)] : []),
      ],
    },
    {
      title: '32-px Inception-ResNet, batch 4, first step after the process starts',
      contenders: fast.map((name) => ours(name, 'small first step', 0)),
      firstStep: true,
    },
  ];
  return all.filter(
    ({ title, contenders }) =>
      contenders.length > 0 && title.toLowerCase().includes(options.only.toLowerCase()),
  );
}

async function measure(table: Table): Promise<Result[]> {
  const { title, contenders, firstStep = false, prepare } = table;
  await prepare?.();
  const measured = new Map<string, Measurement[]>();
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, command, env } of contenders) {
      // Plain JavaScript takes minutes a step; once will do.
      if (name === 'cpu' && round > 0) continue;
      process.stderr.write(`${title}: ${name}, round ${round + 1}\n`);
      const [file = '', ...args] = command;
      const { stdout } = await promisify(execFile)(file, args, {
        maxBuffer: 2 ** 24,
        env: { ...process.env, ...env },
      });
      const line = stdout.trim().split('\n').at(-1) ?? '';
      measured.set(name, [...(measured.get(name) ?? []), JSON.parse(line) as Measurement]);
    }
  }
  let base: number | undefined;
  return [...measured].map(([name, rounds]) => {
    const runs = rounds.flatMap(({ seconds, first }) =>
      firstStep || seconds.length === 0 ? [first ?? NaN] : seconds,
    );
    const seconds = median(runs);
    base ??= seconds;
    const peakMiB = Math.max(...rounds.map((round) => round.peakMiB));
    return { name, device: rounds[0]?.device ?? '', seconds, peakMiB, ratio: seconds / base };
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

const present: string[] = [];
for (const name of backendNames) {
  const works = await chooseBackend(name).then(
    () => true,
    () => false,
  );
  if (works) present.push(name);
}

const machine = `${cpus()[0]?.model ?? 'CPU'}, ${cpus().length} cores, Node ${process.version}`;
console.log(`${machine}; backends: ${present.join(', ')}\n`);
const report: Record<string, Result[]> = {};
const folder = await mkdtemp(join(tmpdir(), 'inception-lab-'));
process.once('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
for (const table of tables(present, folder)) {
  const results = await measure(table);
  report[table.title] = results;
  console.log(`${table.title}\n\n| contender | device | seconds | ratio | peak MiB |`);
  console.log('| --- | --- | --- | --- | --- |');
  for (const { name, device, seconds, ratio, peakMiB } of results) {
    const numbers = [seconds.toPrecision(3), ratio.toPrecision(3), peakMiB.toFixed(0)];
    console.log(`| ${[name, device, ...numbers].join(' | ')} |`);
  }
  console.log('');
}
if (options.json !== undefined) {
  const text = JSON.stringify({ machine, date: new Date().toISOString(), tables: report }, null, 2);
  await writeFile(options.json, `${text}\n`);
}
