import assert from 'node:assert/strict';
import { findIsolation } from '../../dist/grading/confinement/confinement.js';
import { gradeSubmissions } from '../../dist/grading/grade.js';
import type { Marks } from '../../dist/grading/marks.js';
import { readLessons } from '../../dist/lessons/catalogue.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { attemptsAt, type Attempt } from '../lessons/attempts.js';

interface Try {
  readonly exercise: string;
  readonly attempt: Attempt;
  readonly marks: Marks;
}

/** Every attempt at every exercise, handed in with all other exercises solved. */
async function markAll(lesson: Lesson): Promise<Try[]> {
  const attempts = lesson.parts.flatMap((part, place) =>
    part.kind === 'exercise'
      ? attemptsAt(lesson.slug, part).map((attempt) => ({ exercise: part.name, place, attempt }))
      : [],
  );
  const submissions = attempts.map(({ place, attempt }, i) => ({
    learner: String(i),
    hash: '',
    cells: lesson.parts.flatMap((part, j) =>
      part.kind === 'exercise'
        ? [{ part: j, exercise: part.name, code: j === place ? attempt.code : part.solution }]
        : [],
    ),
  }));
  const tries: Try[] = [];
  await gradeSubmissions(lesson, submissions, {
    ...{ isolation: findIsolation().isolation, jobs: 1, allowLibrary: false },
    ...{ limits: { memory: 4000, processorTime: 300 }, callTimeout: 60, timeout: 600 },
    onMarks({ learner }, marks) {
      const { exercise, attempt } = attempts[Number(learner)]!;
      tries.push({ exercise, attempt, marks });
      return Promise.resolve();
    },
  });
  return tries;
}

const lessons = await readLessons();

/** Lessons that ask for numbers, arrays, tensors and layers; to try all takes a quarter of an hour. */
const tried = /^(00|05|10)-/;

describe('Marking apart from the answer', function () {
  this.timeout(1_800_000);

  for (const lesson of lessons.filter(({ slug }) => tried.test(slug))) {
    it(`says to every attempt at ${lesson.slug} what its checks say beside it`, async () => {
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

  it('refuses a lesson whose own solutions cannot be asked for, and marks nothing', async () => {
    const lesson = lessons.find(({ slug }) => slug.startsWith('18-'))!;
    const marked: string[] = [];
    await assert.rejects(
      gradeSubmissions(lesson, [{ learner: 'ada', hash: '', cells: [] }], {
        ...{ isolation: findIsolation().isolation, jobs: 1, allowLibrary: false },
        ...{ limits: { memory: 4000, processorTime: 300 }, callTimeout: 60, timeout: 600 },
        onMarks: ({ learner }) => Promise.resolve(void marked.push(learner)),
      }),
      /^Error: 18-yours cannot be marked: its own solutions, .* fail in new-head .*Nothing was marked\.$/,
    );
    assert.deepEqual(marked, []);
  });
});
