import assert from 'node:assert/strict';
import { findIsolation } from '../../dist/grading/confinement/confinement.js';
import { gradeSubmissions } from '../../dist/grading/grade.js';
import type { Marks } from '../../dist/grading/marks.js';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { parseLesson } from '../../dist/lessons/parse.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { attemptsAt, type Attempt } from '../lessons/attempts.js';

interface Try {
  readonly exercise: string;
  readonly attempt: Attempt;
  readonly marks: Marks;
}

/** Attempts at a lesson's exercises, each handed in with all other exercises solved. */
async function markAll(lesson: Lesson): Promise<Try[]> {
  const { exercises, mistakes = Infinity } = tried[lesson.slug]!;
  const attempts = lesson.parts.flatMap((part) => {
    if (part.kind !== 'exercise' || !exercises.test(part.name)) return [];
    const all = attemptsAt(lesson.slug, part);
    // The first is the stub, the last the solution.
    const some = all.filter((_, i) => i <= mistakes || i === all.length - 1);
    return some.map((attempt) => ({ exercise: part.name, attempt }));
  });
  const marks = await mark(
    lesson,
    attempts.map(({ exercise, attempt }) => ({ [exercise]: attempt.code })),
  );
  return attempts.map((one, i) => ({ ...one, marks: marks[i]! }));
}

/** @param answers by exercise, where it is not the lesson's own solution, a submission each */
async function mark(
  lesson: Lesson,
  answers: readonly Readonly<Record<string, string>>[],
): Promise<Marks[]> {
  const submissions = answers.map((answer, i) => ({
    learner: String(i),
    hash: '',
    cells: lesson.parts.flatMap((part, j) =>
      part.kind === 'exercise'
        ? [{ part: j, exercise: part.name, code: answer[part.name] ?? part.solution }]
        : [],
    ),
  }));
  const all: Marks[] = [];
  await gradeSubmissions(lesson, submissions, {
    ...{ isolation: findIsolation().isolation, jobs: 1, allowLibrary: false },
    ...{ limits: { memory: 4000, processorTime: 300 }, callTimeout: 60, timeout: 600 },
    onMarks({ learner }, marks) {
      all[Number(learner)] = marks;
      return Promise.resolve();
    },
  });
  return all;
}

const lessons = await readLessons();

/**
 * By lesson, exercises that ask for numbers and tensors, for layers, and for what is done with
 * functions, networks and optimizers. To try all takes a quarter of an hour.
 */
const tried: Readonly<Record<string, { readonly exercises: RegExp; readonly mistakes?: number }>> =
  {
    '00-start-here': { exercises: /./ },
    '05-inception-a': { exercises: /./ },
    '13-training': { exercises: /^training-loop$/, mistakes: 1 },
  };

describe('Marking apart from the answer', function () {
  this.timeout(1_800_000);

  for (const lesson of lessons.filter(({ slug }) => slug in tried)) {
    it(`says to attempts at ${lesson.slug} what its checks say beside them`, async () => {
      for (const { exercise, attempt, marks } of await markAll(lesson)) {
        const own = marks.checks.filter((check) => check.exercise === exercise);
        const said = own.find(({ message }) => message !== undefined)?.message ?? 'passed';
        assert.match(said, attempt.message ?? /^passed$/, attempt.name);
        assert.deepEqual(marks.errors, [], attempt.name);
        if (attempt.message) continue;
        assert.ok(
          marks.checks.every(({ earned, points }) => earned === points),
          attempt.name,
        );
      }
    });
  }

  it('lets nobody meet what another has made of the lesson’s networks', async () => {
    const lesson = lessons.find(({ slug }) => slug.startsWith('17-'))!;
    const spoilt = `function probabilitiesOver(network: tf.LayersModel, views: tf.Tensor4D): tf.Tensor {
      network.setWeights(network.getWeights().map((weights) => tf.zerosLike(weights)));
      return tf.ones([10]).div(10);
    }`;
    const [first, second] = await mark(lesson, [{ 'average-crops': spoilt }, {}]);
    const failed = ({ checks }: Marks) =>
      checks.filter(({ earned, points }) => earned < points).map(({ exercise }) => exercise);
    assert.deepEqual(failed(first!), ['average-crops']);
    assert.deepEqual(failed(second!), []);
  });

  it('refuses a lesson whose own solutions cannot be asked for, and marks nothing', async () => {
    const lesson = parseLesson('00-a-function', aFunction);
    await assert.rejects(
      mark(lesson, [{}]),
      /^Error: 00-a-function cannot be marked: its own solutions, .* fail in adder \(.*holds a function.* Nothing was marked\.$/,
    );
  });
});

/** What crosses to a check is data; a function that an answer has made is none. */
const aFunction = `# A function

\`\`\`ts
import { check } from 'inception-lab';
\`\`\`

\`\`\`ts exercise name=adder points=1
function adder(a: number): (b: number) => number {
  // BEGIN SOLUTION
  return (b) => a + b;
  // END SOLUTION
}
\`\`\`

\`\`\`ts check name=adder
check('1 + 2', () => adder(1)(2), 3);
\`\`\`
`;
