import { readLessons } from '../../dist/lessons/catalogue.js';
import { tryExercises, triedByNpmTest } from '../lessons/try-exercises.js';

const lessons = await readLessons();

describe('Every exercise', function () {
  this.timeout(300_000);

  tryExercises(lessons.filter(({ slug }) => !triedByNpmTest.test(slug)));
});
