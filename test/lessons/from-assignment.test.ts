import assert from 'node:assert/strict';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { fromAssignment } from '../../dist/lessons/from-assignment.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { toAssignment } from '../../dist/lessons/to-assignment.js';
import { textOf } from '../../dist/notebook/notebook.js';

const lessons = await readLessons();

/** A check's cell imports anew what it uses; all else is as it was. */
const withoutImports = (text: string) => text.replace(/^import \{.*\} from 'inception-lab';\n/, '');

function bare({ slug, title, parts }: Lesson): object {
  return {
    ...{ slug, title },
    parts: parts.map((part) =>
      part.kind === 'check'
        ? {
            ...part,
            code: withoutImports(part.code),
            visible: withoutImports(part.visible),
            source: withoutImports(part.source),
          }
        : part,
    ),
  };
}

describe('A source notebook of nbgrader’s', () => {
  for (const lesson of lessons) {
    it(`is the lesson again that it was made of: ${lesson.slug}`, () => {
      assert.deepEqual(bare(fromAssignment(lesson.slug, toAssignment(lesson))), bare(lesson));
    });
  }

  it('says which cell nbgrader could not mark either', () => {
    const notebook = toAssignment(lessons[1]!);
    const cells = notebook.cells.map((cell) => ({
      ...cell,
      source: textOf(cell.source).replace('// END SOLUTION', ''),
    }));
    assert.throws(
      () => fromAssignment('01', { ...notebook, cells }),
      /^Error: The cell "exercise-convolve": a "\/\/ BEGIN SOLUTION" has no "\/\/ END SOLUTION"/,
    );
  });
});
