/**
 * `npm run bench:training -- --python INTERPRETER`: whole trainings, pictures included, beside
 * PyTorch's of the same network: pictures a second, and the share of the time that a training waits
 * for pictures. The contenders run in turn, each in a process of its own, for some rounds.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';

interface Measurement {
  readonly device: string;
  readonly pictures: number;
  readonly seconds: number;
  readonly waiting: number;
}

const titles = {
  large: 'Inception-v4, 299 px, batch 8, JPEG files of 500 × 375, random crops',
  small: 'Inception-ResNet-v1 of 140,322 parameters, 28 px, batch 64, Fashion-MNIST in memory',
} as const;

type Work = keyof typeof titles;

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    python: { type: 'string' },
    only: { type: 'string' },
  },
});

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));

function contenders(work: Work, folder: string): Map<string, string[]> {
  const script = here('./training-contender.ts');
  const ours = (backend: string) => [
    ...[process.execPath, ...process.execArgv, script],
    ...[backend, work, folder],
  ];
  const all = new Map<string, string[]>();
  if (options.python !== undefined) {
    all.set('PyTorch', [options.python, here('./training_contender.py'), work, folder]);
  }
  all.set('native', ours('native'));
  if (work === 'small') all.set('wasm', ours('wasm'));
  return all;
}

/** Pictures as cameras take them are soft with some noise; so are these. */
async function writePictures(folder: string): Promise<void> {
  for (const split of ['train', 'val']) {
    for (const name of ['a', 'b']) {
      const own = join(folder, split, name);
      await mkdir(own, { recursive: true });
      for (let i = 0; i < (split === 'train' ? 20 : 1); i++) {
        const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
        const size = { width: 500, height: 375, channels: 3 } as const;
        const picture = sharp({ create: { ...size, background: 'grey', noise } });
        await picture
          .blur(1)
          .jpeg({ quality: 90 })
          .toFile(join(own, `${i}.jpg`));
      }
    }
  }
}

async function measure(command: readonly string[]): Promise<Measurement> {
  const [file = '', ...args] = command;
  const { stdout } = await promisify(execFile)(file, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measurement;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-training-'));
try {
  await writePictures(folder);
  for (const work of ['large', 'small'] as const) {
    if (options.only !== undefined && options.only !== work) continue;
    const results = new Map<string, Measurement[]>();
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const [name, command] of contenders(work, folder)) {
        process.stderr.write(`${titles[work]}: ${name}, round ${round + 1}\n`);
        results.set(name, [...(results.get(name) ?? []), await measure(command)]);
      }
    }
    console.log(`${titles[work]}\n\n| contender | device | pictures/s | ratio | waiting, % |`);
    console.log('| --- | --- | --- | --- | --- |');
    let base: number | undefined;
    for (const [name, rounds] of results) {
      const speed = median(rounds.map(({ pictures, seconds }) => pictures / seconds));
      base ??= speed;
      const waiting = median(rounds.map((one) => (one.waiting / one.seconds) * 100));
      const numbers = [speed.toPrecision(3), (speed / base).toPrecision(3), waiting.toFixed(1)];
      console.log(`| ${[name, rounds[0]?.device ?? '', ...numbers].join(' | ')} |`);
    }
    console.log('');
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
