/**
 * `npm run gpu`, or `./run.sh gpu` in the unpacked bundle: what a rented machine with a GPU can tell in
 * some eight minutes, as `gpu.json` and `gpu.md`. Each part has its own time limit; one that fails does
 * not end the others, and what ran is said.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { Results } from '../dist/training/studies/results.js';
import { childOf, lastJson, type Ended } from './gpu-child.js';
import { carriedNative } from './gpu-native.js';
import { readOptions, type PartName } from './gpu-options.js';
import { asMarkdown, type Part, type Row } from './gpu-report.js';
import { ours } from './gpu-script.js';
import { forGpu, quick } from './gpu-sizes.js';

const options = readOptions();
const sizes = options.quick ? quick : forGpu;
const output = resolve(options.output);
mkdirSync(output, { recursive: true });

const native = await carriedNative();
const withNative = native.isHere && options.backend !== 'native';
const backends = [options.backend, ...(withNative ? ['native'] : [])];
const nameOf = (backend: string) => (backend === 'native' ? native.title : backend);

const tasks: Record<PartName, (part: Part) => Promise<void>> = {
  machine,
  gradients: onEach(gradients),
  scaling: onEach(scaling),
  bench,
  lessons: onEach(lessons),
  study: onEach(study),
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
console.log(asMarkdown(parts, native.sentence));
process.exitCode = parts.every(({ status }) => status === 'done') ? 0 : 1;

/** A part on each backend: one that fails does not keep the next from its turn. */
function onEach(task: (part: Part, backend: string) => Promise<void>) {
  return async (part: Part) => {
    const problems: string[] = [];
    for (const backend of backends) {
      try {
        await task(part, backend);
      } catch (error) {
        problems.push(`${nameOf(backend)}: ${(error as Error).message}`);
      }
    }
    if (problems.length > 0) throw new Error(problems.join('; '));
  };
}

function say(sentence: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${sentence}`);
}

/** After every row, so that a machine that is taken away leaves what there was. */
function write(): void {
  writeFileSync(
    join(output, 'gpu.json'),
    `${JSON.stringify({ date: new Date().toISOString(), native: native.sentence, parts }, null, 2)}\n`,
  );
  writeFileSync(join(output, 'gpu.md'), asMarkdown(parts, native.sentence));
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

async function gradients(part: Part, backend: string): Promise<void> {
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--no-package'];
  const files = ['test/backends/**/*.test.js', 'test/backends/*.test.js'];
  const pattern = `on ${backend}${sizes.gradients === undefined ? '' : `.*${sizes.gradients}`}`;
  const ended = await childOf(
    [process.execPath, ...mocha, '--timeout', '120000', ...files, '-g', pattern],
    180,
    { REQUIRE_BACKENDS: backend },
  );
  const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(ended.output)?.[1] ?? 0);
  const [passed, failed] = [count('passing'), count('failing')];
  addRow(part, { backend: nameOf(backend), passed, failed });
  if (ended.status !== 0) fail('The suite', ended);
}

async function scaling(part: Part, backend: string): Promise<void> {
  const { seconds, blocks, side, warmUps, limit } = sizes.scaling;
  for (const [batch, counts] of Object.entries(sizes.scaling.processes)) {
    for (const processes of counts) {
      const command = ours(
        ...(['gpu-steps', backend, `${seconds}`, batch] as const),
        ...[blocks.join(','), `${side}`, `${warmUps}`],
      );
      const all = await Promise.all(
        Array.from({ length: processes }, () => childOf(command, limit)),
      );
      const rates = all.map((ended) => Number(lastJson(ended)?.stepsASecond ?? NaN));
      const together = rates.reduce((sum, rate) => sum + rate, 0);
      addRow(part, {
        ...{ backend: nameOf(backend), batch: Number(batch), processes },
        'steps a second, together': together,
      });
      const failed = all.find(({ status }) => status !== 0);
      if (failed) fail('A process', failed);
    }
  }
}

type WorkOfNetwork = readonly [network: string, kind: string, batch: number];

async function bench(part: Part): Promise<void> {
  const works = sizes.bench.networks.flatMap((network) =>
    ['forward', 'training'].flatMap((kind) =>
      // Batch normalization needs more than one value a channel.
      sizes.bench.batches.map((batch): WorkOfNetwork => [network, kind, batch]),
    ),
  );
  const left = timer();
  await benchPyTorch(part, works, left);
  await benchBackend(part, works, options.backend, left);
  if (withNative) await benchBackend(part, works, 'native', timer());
  const problems = part.rows.filter(({ problem }) => problem !== undefined);
  if (problems.length > 0)
    throw new Error(`${problems.length} of ${part.rows.length} measurements gave no number.`);
}

/** Tells how many seconds are left of those that the bench may take. */
function timer(): () => number {
  const until = performance.now() + Number(options['bench-seconds']) * 1000;
  return () => (until - performance.now()) / 1000;
}

async function benchPyTorch(part: Part, rows: readonly WorkOfNetwork[], left: () => number) {
  const { side, width, runs } = sizes.bench;
  if (width !== 1) {
    part.facts = { ...part.facts, PyTorch: 'left out: its networks have their full width' };
    return;
  }
  for (const tf32 of [false, true]) {
    const settings = JSON.stringify({ tf32, runs, side, rows });
    const ended = await childOf(
      [options.python, 'bench/gpu_contender.py', settings],
      Math.min(120, left()),
    );
    const contender = tf32 ? 'PyTorch, TF32' : 'PyTorch, float32';
    const lines = ended.output.split('\n').filter((line) => line.startsWith('{'));
    const problem = ended.output.trim().split('\n').at(-1) ?? 'nothing';
    if (lines.length === 0) part.facts = { ...part.facts, [contender]: problem };
    for (const line of lines) addRow(part, rowOf(contender, JSON.parse(line) as Measured));
  }
}

async function benchBackend(
  part: Part,
  works: readonly WorkOfNetwork[],
  backend: string,
  left: () => number,
) {
  const { side, width, warmUps, runs, limit } = sizes.bench;
  const contender = nameOf(backend);
  for (const [network, kind, batch] of works) {
    if (left() < 10) {
      addRow(part, { contender, network, kind, batch, problem: 'no time was left' });
      continue;
    }
    const ended = await childOf(
      ours(
        'gpu-contender',
        backend,
        network,
        kind,
        ...[batch, side, width, warmUps, runs].map(String),
      ),
      Math.min(limit, left()),
    );
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

async function lessons(part: Part, backend: string): Promise<void> {
  const failed: string[] = [];
  const { numbers, limit } = sizes.lessons;
  for (const number of numbers) {
    const ended = await childOf(ours('gpu-lesson', number, backend), limit);
    const { problem, ...row } = (lastJson(ended) ?? { problem: ended.output.slice(-300) }) as Row;
    addRow(part, {
      ...{ backend: nameOf(backend), lesson: number, ...row },
      ...(problem !== undefined && { problem }),
    });
    if (problem !== undefined) failed.push(number);
  }
  if (failed.length > 0) throw new Error(`Lessons ${failed.join(', ')} failed.`);
}

async function study(part: Part, backend: string): Promise<void> {
  const count = Number(options.processes);
  const folder = join(output, 'studies', backend);
  const comparison = options.comparison ?? sizes.study.comparison;
  const more = sizes.study.isMiniature ? ['miniature'] : [];
  const shards = Array.from({ length: count }, (_, i) => {
    const share = `${i + 1}/${count}`;
    return childOf(
      ours('gpu-study', 'residual', comparison, folder, share, backend, ...more),
      60 * Number(options['study-minutes']),
      {},
      (line) => {
        if (/run \d+ of|runs are done|rror/.test(line)) say(`${share} ${line.trim()}`);
      },
    );
  });
  const ended = await Promise.all(shards);
  const problems = ended.filter(({ status }) => status !== 0 && status !== null);
  part.facts = {
    ...part.facts,
    [`processes on ${nameOf(backend)}`]: count,
    [`– that ran past the time on ${nameOf(backend)}`]: ended.filter(
      ({ status }) => status === null,
    ).length,
  };
  const { results } = await new Results(folder).read('residual');
  for (const { config, curve, steps, seconds } of results) {
    addRow(part, {
      ...{ backend: nameOf(backend), comparison: config.comparison, network: config.arm },
      ...{ rate: config.training.learningRate, seed: config.seed, seconds },
      ...{ steps: steps * curve.length, 'top-1 error': curve.at(-1)?.top1 },
    });
  }
  if (problems.length > 0) fail('A process', problems[0]!);
}
