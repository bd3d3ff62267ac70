import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Marked } from '../../dist/grading/report/marked.js';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { checkNames } from '../grading/suite.js';
import { inceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { complaintsOf, needBrowser } from './support/browser.js';
import { kernelPlaces, type StartedPlace } from './support/kernel-places.js';
import { LessonPage } from './support/lesson-page.js';

/** On one line: where a line ends, the editor indents and closes brackets by itself. */
const onOneLine = (code: string) => code.replace(/\s*\n\s*/g, ' ');

/** Of the right size, and without numbers. */
const zeros = `function convolve(image: number[][], kernel: number[][], stride = 1): number[][] {
  const places = (pixels: number, window: number) => Math.floor((pixels - window) / stride) + 1;
  const row = Array(places(image[0].length, kernel[0].length)).fill(0);
  return Array(places(image.length, kernel.length)).fill(row);
}`;

interface Learner {
  readonly name: string;
  readonly what: string;
  /** What the learner does in the page, by exercise: typed and checked, in this order. */
  readonly answers: Readonly<Record<string, string>>;
  /** What the page says at the end. */
  readonly points: string;
  /** In the order of `checkNames`. */
  readonly deserved: readonly number[];
}

function learnersOf({ parts }: Lesson): readonly Learner[] {
  const right = (name: string) => {
    const exercise = parts.find((part) => part.kind === 'exercise' && part.name === name);
    assert.ok(exercise?.kind === 'exercise');
    return exercise.solution;
  };
  return [
    {
      ...{ name: 'ada', what: 'answers one exercise right, and leaves the others' },
      answers: { convolve: right('convolve') },
      ...{ points: '2 of 6 points', deserved: [1, 1, 0, 0] },
    },
    {
      ...{ name: 'ben', what: 'gets sizes right and numbers wrong, and another exercise right' },
      answers: { convolve: zeros, 'predict-cost': right('predict-cost') },
      ...{ points: '2 of 6 points', deserved: [1, 0, 0, 1] },
    },
    {
      ...{ name: 'cem', what: 'does nothing', answers: {} },
      ...{ points: '0 of 6 points', deserved: [0, 0, 0, 0] },
    },
  ];
}

describe('A lesson done on a static site, taken away, and marked by one command', () => {
  let browser: Browser | undefined;
  let site: StartedPlace | undefined;
  const lessons = readLessons();
  let marks: Marked[];
  let table: string;

  before(async function () {
    browser = await needBrowser(this);
    const lesson = findLesson(await lessons, '01-the-convolution-unit');
    const inBrowser = kernelPlaces.find(({ isInPage }) => isInPage)!;
    site = await inBrowser.start(temporaryFolder(), '--lesson', '01');
    const inbox = temporaryFolder();
    for (const learner of learnersOf(lesson)) {
      const path = await work(learner, site.addressOf(lesson), join(inbox, learner.name));
      assert.equal(basename(path), `${lesson.slug}.ipynb`);
    }
    const output = temporaryFolder();
    const graded = await inceptionLab('grade', inbox, '--assignment', '01', '--output', output);
    assert.equal(graded.status, 0, graded.stderr);
    ({ marks } = JSON.parse(await readFile(join(output, 'marks.json'), 'utf8')) as {
      marks: Marked[];
    });
    table = await readFile(join(output, 'marks.csv'), 'utf8');
  });

  after(async () => {
    await browser?.close();
    await site?.stop();
  });

  /** A learner with a browser of their own. */
  async function work(learner: Learner, address: string, folder: string): Promise<string> {
    const context = await browser!.newContext();
    const page = new LessonPage(await context.newPage());
    const complaints = complaintsOf(page.page);
    await page.page.goto(address);
    await page.cell('code-1').locator('.cm-content').waitFor();
    for (const [exercise, answer] of Object.entries(learner.answers)) {
      await page.typeKeyByKey(`exercise-${exercise}`, onOneLine(answer));
      await page.check(`exercise-${exercise}`, 120_000);
    }
    await page.points.getByText(learner.points).waitFor();
    const path = await page.takeAwayTo(folder);
    await context.close();
    assert.deepEqual(complaints, []);
    return path;
  }

  it('gives each learner what the work deserves', async () => {
    const lesson = findLesson(await lessons, '01-the-convolution-unit');
    for (const { name, what, deserved } of learnersOf(lesson)) {
      const own = marks.find(({ learner }) => learner === name);
      assert.ok(own, `${name} is not marked`);
      const { checks } = own.marks;
      const points = checkNames.map((check) => checks.find((one) => one.check === check)?.earned);
      assert.deepEqual(points, deserved, `${name}, who ${what}`);
    }
    assert.equal(marks.length, 3);
  });

  it('has nothing odd to say of notebooks that pages make', () => {
    assert.deepEqual(
      marks.map((one) => one.marks.errors),
      [[], [], []],
    );
  });

  it('writes the table that the teacher takes further', () => {
    assert.deepEqual(table.trimEnd().split('\n'), [
      'learner,points,of,convolve,convolution-unit,predict-cost',
      'ada,2,6,2,0,0',
      'ben,2,6,1,0,1',
      'cem,0,6,0,0,0',
    ]);
  });
});
