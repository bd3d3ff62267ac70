/**
 * `npm run gpu`, or `./run.sh gpu` in the unpacked bundle: what a rented machine with a GPU can tell in
 * some eight minutes, as `gpu.json` and `gpu.md`. Each part has its own time limit; one that fails does
 * not end the others, and what ran is said.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { childOf, lastJson, type Ended } from './gpu-child.js';
import { asMarkdown, type Part, type Row } from './gpu-report.js';

const partNames = ['machine', 'gradients', 'scaling', 'bench', 'lessons', 'study'] as const;

const usage =
  'Usage: npm run gpu -- [--only PART,PART] [--quick] [--processes N] [--study-minutes N] ' +
  `[--bench-seconds N] [--python INTERPRETER] [--output FOLDER]\nParts: ${partNames.join(', ')}`;

const options = readOptions();
const output = resolve(options.output);
mkdirSync(output, { recursive: true });
/** Small sizes, for a machine that has no GPU. */
const side = options.quick ? 75 : 299;
const batches = options.quick ? [1] : [1, 8, 32];
const runs = options.quick ? 1 : 5;

const tasks: Record<(typeof partNames)[number], (part: Part) => Promise<void>> = {
  machine,
  gradients,
  scaling,
  bench,
  lessons,
  study,
};

const parts: Part[] = [];
for (const name of options.only) {
  const part: Part = { name, status: 'done', seconds: 0, facts: {}, rows: [] };
  parts.push(part);
  say(`${name} …`);
  const begun = performance.now();
  try {
    await tasks[name](part);
  } catch (error) {
    part.status = (error as Error).message;
  }
  part.seconds = (performance.now() - begun) / 1000;
  say(`${name}: ${part.status}, ${part.seconds.toFixed(0)} s`);
  write();
}
console.log(asMarkdown(parts));
process.exitCode = parts.every(({ status }) => status === 'done') ? 0 : 1;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', default: partNames.join(',') },
        quick: { type: 'boolean', default: false },
        processes: { type: 'string', default: `${Math.min(15, availableParallelism())}` },
        'study-minutes': { type: 'string', default: '5' },
        'bench-seconds': { type: 'string', default: '240' },
        backend: { type: 'string', default: 'webgpu' },
        comparison: { type: 'string', default: 'blocks-5-10-5' },
        python: { type: 'string', default: 'python3' },
        output: { type: 'string', default: 'build/gpu' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const only = values.only.split(',').map((wish) => {
      const name = partNames.find((one) => one === wish);
      if (name === undefined) throw new Error(`There is no part "${wish}".`);
      return name;
    });
    for (const name of ['processes', 'study-minutes', 'bench-seconds'] as const) {
      if (!(Number(values[name]) > 0))
        throw new Error(`--${name} is ${values[name]}: give a number above 0.`);
    }
    return { ...values, only };
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

function say(sentence: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${sentence}`);
}

/** After every row, so that a machine that is taken away leaves what there was. */
function write(): void {
  writeFileSync(
    join(output, 'gpu.json'),
    `${JSON.stringify({ date: new Date().toISOString(), parts }, null, 2)}\n`,
  );
  writeFileSync(join(output, 'gpu.md'), asMarkdown(parts));
}

function addRow(part: Part, row: Row): void {
  part.rows.push(row);
  say(JSON.stringify(row));
  write();
}

function fail(what: string, { status, output: text }: Ended): never {
  throw new Error(
    `${what} ${status === null ? 'ran past its time' : `ended with ${status}`}: ${text.slice(-600)}`,
  );
}

async function machine(part: Part): Promise<void> {
  const query = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'];
  const smi = await childOf(['nvidia-smi', ...query], 20);
  const torch = await childOf(
    [
      options.python,
      '-c',
      'import torch, timm; print(torch.__version__, timm.__version__, torch.version.cuda)',
    ],
    60,
  );
  const adapter = await childOf(ours('gpu-adapter', options.backend), 60);
  part.facts = {
    gpu: smi.status === 0 ? smi.output.trim() : 'no nvidia-smi',
    adapter: adapter.output.trim().split('\n').at(-1) ?? '',
    cpu: `${cpus()[0]?.model ?? ''}, ${availableParallelism()} cores`,
    node: process.version,
    'PyTorch, timm, CUDA': torch.status === 0 ? torch.output.trim() : 'PyTorch is not here',
  };
  for (const [name, fact] of Object.entries(part.facts)) say(`${name}: ${fact}`);
  if (adapter.status !== 0) fail('The backend', adapter);
}

async function gradients(part: Part): Promise<void> {
  const mocha = [
    'node_modules/mocha/bin/mocha.js',
    '--no-config',
    '--no-package',
    '--timeout',
    '120000',
  ];
  const files = ['test/backends/**/*.test.js', 'test/backends/*.test.js'];
  const ended = await childOf(
    [process.execPath, ...mocha, ...files, '-g', `on ${options.backend}`],
    180,
    { REQUIRE_BACKENDS: options.backend },
  );
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(ended.output)?.[1] ?? 0);
  part.facts = { passed: count('passing'), failed: count('failing') };
  if (ended.status !== 0) fail('The suite', ended);
}

async function scaling(part: Part): Promise<void> {
  const seconds = options.quick ? 1 : 8;
  for (const batch of options.quick ? [2] : [32, 128]) {
    for (const processes of options.quick ? [1, 2] : [1, 4, 8, 15]) {
      if (batch === 128 && processes > 1) continue;
      const all = await Promise.all(
        Array.from({ length: processes }, () =>
          childOf(
            ours('gpu-steps', options.backend, `${seconds}`, `${batch}`),
            options.quick ? 300 : 90,
          ),
        ),
      );
      const rates = all.map((ended) => Number(lastJson(ended)?.stepsASecond ?? NaN));
      const together = rates.reduce((sum, rate) => sum + rate, 0);
      addRow(part, { batch, processes, 'steps a second, together': together });
      if (all.some(({ status }) => status !== 0))
        fail(
          'A process',
          all.find(({ status }) => status !== 0)!,
        );
    }
  }
}

async function bench(part: Part): Promise<void> {
  const until = performance.now() + Number(options['bench-seconds']) * 1000;
  const rows = ['inception-v4', 'inception-resnet-v2'].flatMap((network) =>
    ['forward', 'training'].flatMap((kind) =>
      // Batch normalization needs more than one value a channel.
      batches.map((batch) => [network, kind, batch] as const),
    ),
  );
  const left = () => (until - performance.now()) / 1000;
  for (const tf32 of [false, true]) {
    const settings = JSON.stringify({ tf32, runs, side, rows });
    const ended = await childOf(
      [options.python, 'bench/gpu_contender.py', settings],
      Math.min(120, left()),
    );
    const contender = tf32 ? 'PyTorch, TF32' : 'PyTorch, float32';
    const lines = ended.output.split('\n').filter((line) => line.startsWith('{'));
    if (lines.length === 0)
      addRow(part, { contender, problem: ended.output.trim().split('\n').at(-1) ?? 'nothing' });
    for (const line of lines) addRow(part, rowOf(contender, JSON.parse(line) as Measured));
  }
  for (const [network, kind, batch] of rows) {
    const contender = options.backend;
    if (left() < 10) {
      addRow(part, { contender, network, kind, batch, problem: 'no time was left' });
      continue;
    }
    const command = ours('gpu-contender', network, kind, `${batch}`, `${side}`, `${runs}`);
    const ended = await childOf(command, Math.min(options.quick ? 600 : 90, left()));
    const measured = lastJson(ended) as Measured | undefined;
    const problem = ended.status === null ? 'ran past its time' : ended.output.trim().slice(-300);
    if (measured && ended.status === 0)
      addRow(part, rowOf(contender, { ...measured, network, kind, batch }));
    else addRow(part, { contender, network, kind, batch, problem });
  }
}

interface Measured {
  readonly network: string;
  readonly kind: string;
  readonly batch: number;
  readonly first?: number;
  readonly seconds?: readonly number[];
  readonly error?: string;
}

function rowOf(contender: string, { network, kind, batch, first, seconds, error }: Measured): Row {
  if (!seconds) return { contender, network, kind, batch, problem: error ?? 'nothing' };
  const sorted = [...seconds].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  return {
    contender,
    network,
    kind,
    batch,
    milliseconds: 1000 * median,
    first: 1000 * (first ?? NaN),
  };
}

async function lessons(part: Part): Promise<void> {
  const failed: string[] = [];
  for (const number of options.quick ? ['01'] : ['01', '05', '10']) {
    const ended = await childOf(
      ours('gpu-lesson', number, options.backend),
      options.quick ? 600 : 90,
    );
    const { problem, ...row } = (lastJson(ended) ?? { problem: ended.output.slice(-300) }) as Row;
    addRow(part, { lesson: number, ...row, ...(problem !== undefined && { problem }) });
    if (problem !== undefined) failed.push(number);
  }
  if (failed.length > 0) throw new Error(`Lessons ${failed.join(', ')} failed.`);
}

async function study(part: Part): Promise<void> {
  const count = Number(options.processes);
  const results = join(output, 'studies');
  const minutes = options.quick ? 0.2 : Number(options['study-minutes']);
  const shards = Array.from({ length: count }, (_, i) =>
    childOf(
      ours(
        'gpu-study',
        'residual',
        options.comparison,
        results,
        `${i + 1}/${count}`,
        options.backend,
      ),
      60 * minutes,
      {},
      (line) => {
        if (/run \d+ of|runs are done|rror/.test(line)) say(`${i + 1}/${count} ${line.trim()}`);
      },
    ),
  );
  const ended = await Promise.all(shards);
  const problems = ended.filter(({ status }) => status !== 0 && status !== null);
  part.facts = {
    processes: count,
    'ran past the time': ended.filter(({ status }) => status === null).length,
    failed: problems.length,
  };
  if (problems.length > 0) fail('A process', problems[0]!);
}

function ours(script: string, ...args: string[]): string[] {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return [process.execPath, ...process.execArgv, `bench/${script}.${extension}`, ...args];
}
