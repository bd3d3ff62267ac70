import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { readNotebook } from '../../dist/notebook/files.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { attemptsAt } from '../lessons/attempts.js';
import { complaintsOf, needBrowser } from './support/browser.js';
import { course } from './support/course.js';
import { kernelPlaces, type StartedPlace } from './support/kernel-places.js';
import { LessonPage } from './support/lesson-page.js';
import { Course } from './support/nbgrader.js';
import { codeCells, comparable } from './support/notebooks.js';

const lessons = await readLessons();

/** Lessons that are run in both places; the others in the browser alone. */
const served = /^(00|05|10)-/;

/** Lessons in which every mistake is made. */
const tried = /^(01|05|10)-/;

/** As the course's runner has run it. */
function solved({ slug }: Lesson): string {
  return join(course.output, 'notebooks', `${slug}.ipynb`);
}

/** Milliseconds in which a lesson is through, if only one core is free. */
const patience = 400_000;

describe('A lesson, run in its page on wasm, on this machine and in the browser alone', () => {
  let browser: Browser;
  const places: StartedPlace[] = [];

  before(async function () {
    // The first place runs the course, unless another suite has.
    this.timeout(1_500_000);
    browser = await needBrowser(this);
    for (const { start } of kernelPlaces)
      places.push(await start(course.output, ...course.options));
  });

  after(async () => {
    await browser.close();
    await Promise.all(places.map(({ stop }) => stop()));
  });

  /** Opens a lesson with its solutions in these places at a time: a kernel has one thread. */
  async function inBoth<T>(
    lesson: Lesson,
    use: (learner: LessonPage) => Promise<T>,
    these: readonly StartedPlace[] = places,
  ): Promise<T[]> {
    return Promise.all(
      these.map(async ({ addressOf }) => {
        const page = await browser.newPage();
        const complaints = complaintsOf(page);
        await page.goto(addressOf(lesson));
        const learner = new LessonPage(page);
        await learner.choose('wasm');
        await learner.bringIn(solved(lesson));
        const result = await use(learner);
        await page.close();
        assert.deepEqual(complaints, []);
        return result;
      }),
    );
  }

  for (const lesson of lessons) {
    it(`shows what the course's runner shows: ${lesson.slug}`, async () => {
      const expected = comparable(codeCells(await readNotebook(solved(lesson))));
      const run = async (learner: LessonPage) => {
        await learner.runAll(patience);
        return comparable(codeCells(await learner.takeAway()));
      };
      // The runner's kernel is that of the page on this machine.
      const found = await inBoth(lesson, run, served.test(lesson.slug) ? places : places.slice(-1));
      for (const cells of found) assert.deepEqual(cells, expected);
    });
  }

  for (const lesson of lessons.filter(({ slug }) => tried.test(slug))) {
    it(`tells the stub and typical mistakes what is wrong: ${lesson.slug}`, async () => {
      await inBoth(lesson, async (learner) => {
        for (const exercise of lesson.parts.filter((part) => part.kind === 'exercise')) {
          const cell = `exercise-${exercise.name}`;
          for (const attempt of attemptsAt(lesson.slug, exercise)) {
            const { name, code } = attempt;
            const message = attempt.hidden ? undefined : attempt.message;
            await learner.type(cell, code);
            await learner.check(cell, patience);
            // The hint comes with the second failure.
            if (message) await learner.check(cell, patience);
            const said = await learner.saidOf(cell, message ?? /^$/);
            assert.match(said, message ?? /^$/, `${name}: ${said}`);
          }
          await learner
            .cell(cell)
            .getByText(/^✓ (\d of \d points?|Right)$/)
            .waitFor();
        }
      });
    });
  }

  it('gets all marks from nbgrader for what is taken away', async function () {
    const lesson = lessons.find(({ slug }) => slug.startsWith('01-'))!;
    const { slug } = lesson;
    const nbgrader = await Course.begin(this, [slug]);
    const [, taken] = await inBoth(lesson, async (learner) => {
      await learner.runAll(patience);
      return learner.takeAway();
    });
    await nbgrader.nbgrader('generate_assignment', slug);
    await nbgrader.submitNotebook('learner', slug, taken!);
    await nbgrader.nbgrader('autograde', slug, '--Execute.timeout=60');
    assert.deepEqual(await nbgrader.marks(slug), {
      learner: {
        'check-convolve-1': 1,
        'check-convolve-2': 1,
        'check-convolution-unit-1': 3,
        'check-fold-1': 0,
        'check-predict-cost-1': 1,
      },
    });
  });
});
