import assert from 'node:assert/strict';
import { coursePartsOf } from '../../dist/lessons/course-parts.js';
import type { Lesson } from '../../dist/lessons/lesson.js';

const lesson = (slug: string): Lesson => ({ slug, title: slug, parts: [] });
const slugsOf = (...slugs: string[]) =>
  coursePartsOf(slugs.map(lesson)).map(({ lessons }) => lessons.map(({ slug }) => slug));

describe('The parts of the course', () => {
  it('begin with lesson 0 and lesson 13', () => {
    assert.deepEqual(slugsOf('00-a', '12-b', '13-c', '18-d'), [
      ['00-a', '12-b'],
      ['13-c', '18-d'],
    ]);
  });

  it('are left out where none of their lessons is there', () => {
    assert.deepEqual(slugsOf('14-a'), [['14-a']]);
  });
});
