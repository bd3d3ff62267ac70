import assert from 'node:assert/strict';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import { readLessons } from '../../dist/lessons/catalogue.js';
import type { ExercisePart, Lesson } from '../../dist/lessons/lesson.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import type { CodeCell } from '../../dist/notebook/notebook.js';

/** A mistake that learners make: what to change in the solution, and what the check then says. */
interface Mistake {
  readonly what: string;
  readonly change: readonly [from: string, to: string];
  readonly message: RegExp;
}

const mistakes: Record<string, readonly Mistake[]> = {
  convolve: [
    {
      what: 'the kernel turned round',
      change: ['kernel[a][b]', 'kernel[kernel.length - 1 - a][kernel[0].length - 1 - b]'],
      message: /^✗ convolve with stride 1: expected .* at \[0\]\[0\].*not turned round/s,
    },
    {
      what: 'a stride that moves the window by one pixel all the same',
      change: ['image[stride * i + a][stride * j + b]', 'image[i + a][j + b]'],
      message: /^✗ convolve with stride 2: expected .* at \[0\]\[1\].*Hint: With a stride/s,
    },
    {
      what: 'a window that leaves the picture',
      change: ['/ stride) + 1', '/ stride) + 2'],
      message: /^✗ rows of convolve.*your code stopped with/,
    },
  ],
  'convolution-unit': [
    {
      what: 'no ReLU',
      change: ['.add(beta).relu()', '.add(beta) as tf.Tensor4D'],
      message: /^✗ the least value is not negative: .*Hint: ReLU comes last/s,
    },
    {
      what: 'a ReLU before batch normalization',
      change: ["stride, 'valid');", "stride, 'valid').relu();"],
      message: /^✗ the unit's output: expected/,
    },
    {
      what: 'no ε',
      change: ['variance.add(0.001).sqrt()', 'variance.sqrt()'],
      message: /^✗ the unit's output: expected .*0\.001/s,
    },
    {
      what: 'the variance in place of the standard deviation',
      change: ['variance.add(0.001).sqrt()', 'variance.add(0.001)'],
      message: /^✗ the unit's output: expected .*√/s,
    },
    {
      what: 'padding',
      change: ["'valid'", "'same'"],
      message: /^✗ the shape of the unit's output: expected 4 at \[1\], but got 5/,
    },
  ],
};

interface Attempt {
  readonly name: string;
  readonly code: string;
  /** What its check is to say; `undefined` if it is to pass. */
  readonly message: RegExp | undefined;
}

function attemptsAt({ name, solution, stub }: ExercisePart): Attempt[] {
  const wrong = (mistakes[name] ?? []).map(({ what, change: [from, to], message }) => {
    assert.ok(solution.includes(from), `the solution of ${name} has no "${from}"`);
    return { name: `${name}: ${what}`, code: solution.replace(from, to), message };
  });
  return [
    {
      name: `${name}: nothing done`,
      code: stub,
      message: /your code stopped with "not implemented"/,
    },
    ...wrong,
    { name: `${name}: the solution`, code: solution, message: undefined },
  ];
}

/** Runs a lesson once; where an exercise is checked, every attempt at it is made and checked. */
async function tryAll(lesson: Lesson): Promise<Map<Attempt, CodeCell>> {
  const notebook = toNotebook(lesson, 'solved');
  const checked = new Map<Attempt, string>();
  const cells = notebook.cells.flatMap((cell, i) => {
    const part = lesson.parts[i];
    if (part?.kind !== 'check') return [cell];
    const exercise = lesson.parts.find(
      (other): other is ExercisePart => other.kind === 'exercise' && other.name === part.exercise,
    );
    return attemptsAt(exercise!).flatMap((attempt, n) => {
      checked.set(attempt, `${cell.id}-${n}`);
      return [
        { ...(cell as CodeCell), id: `${cell.id}-${n}-attempt`, source: attempt.code },
        { ...cell, id: `${cell.id}-${n}` },
      ];
    });
  });
  const options = { cwd: process.cwd(), cellTimeout: 120, allowErrors: true };
  const executed = await runNotebook({ ...notebook, cells }, options);
  const byId = new Map(executed.cells.map((cell) => [cell.id, cell as CodeCell]));
  return new Map([...checked].map(([attempt, id]) => [attempt, byId.get(id)!]));
}

describe('Every exercise', function () {
  this.timeout(300_000);

  it('lets the solution pass, and tells the stub and typical mistakes what is wrong', async () => {
    for (const lesson of await readLessons()) {
      for (const [{ name, message }, { outputs }] of await tryAll(lesson)) {
        const error = outputs.find((output) => output.output_type === 'error');
        if (message) assert.match(error?.evalue ?? 'passed', message, name);
        else assert.equal(error, undefined, name);
      }
    }
  });

  it('has at least two mistakes that are tried', async () => {
    for (const { parts } of await readLessons()) {
      for (const part of parts) {
        if (part.kind === 'exercise') assert.ok((mistakes[part.name]?.length ?? 0) >= 2, part.name);
      }
    }
  });
});
