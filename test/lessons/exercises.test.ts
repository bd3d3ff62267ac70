import assert from 'node:assert/strict';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { mistakes } from './mistakes/index.js';
import { triedByNpmTest, tryExercises } from './try-exercises.js';

const lessons = await readLessons();

describe('Every exercise', function () {
  this.timeout(300_000);

  tryExercises(lessons.filter(({ slug }) => triedByNpmTest.test(slug)));

  it('has at least two mistakes that are tried', () => {
    for (const { slug, parts } of lessons) {
      for (const part of parts) {
        if (part.kind === 'exercise') assert.ok(mistakes[slug]![part.name]!.length >= 2, part.name);
      }
    }
  });
});
