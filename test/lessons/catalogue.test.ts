import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { formatNotebook } from '../../dist/notebook/files.js';

describe('The lessons', () => {
  it('are found by number, with or without a zero, and by name', async () => {
    const lessons = await readLessons();
    for (const wish of ['1', '01', '01-the-convolution-unit']) {
      assert.equal(findLesson(lessons, wish).title, 'The convolution unit');
    }
    assert.throws(
      () => findLesson(lessons, '99'),
      /There is no lesson "99"\. .*01-the-convolution-unit/,
    );
  });

  it('have fresh notebooks in notebooks/, and no others are there (npm run notebooks makes them)', async () => {
    const lessons = await readLessons();
    const names = await readdir('notebooks');
    assert.deepEqual(
      names.filter((name) => name.endsWith('.ipynb')).sort(),
      lessons.map(({ slug }) => `${slug}.ipynb`),
    );
    for (const lesson of lessons) {
      const written = await readFile(`notebooks/${lesson.slug}.ipynb`, 'utf8');
      assert.equal(
        written,
        formatNotebook(toNotebook(lesson, 'learner')),
        `${lesson.slug} is stale`,
      );
    }
  });
});
