import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { readLessons } from '../../dist/lessons/catalogue.js';
import { importAnew } from '../../dist/lessons/import-anew.js';
import { parseLesson } from '../../dist/lessons/parse.js';
import { notImplemented } from '../../dist/lessons/solution.js';
import { toAssignment, type GradingMetadata } from '../../dist/lessons/to-assignment.js';
import { textOf, type Cell, type Notebook } from '../../dist/notebook/notebook.js';

const lessons = await readLessons();

const gradingOf = ({ metadata }: Cell) => metadata.nbgrader as GradingMetadata;
const gradingsOf = ({ cells }: Notebook) => cells.map(gradingOf);

/** The properties of nbgrader 0.9's schema, version 3; any other makes it refuse the notebook. */
const allowed = [
  'schema_version',
  'grade',
  'locked',
  'solution',
  'task',
  'grade_id',
  'points',
  'checksum',
  'cell_type',
];

const lesson = parseLesson(
  '01-title',
  `# Title

\`\`\`ts
import {
  check,
  summarize,
  tf as tensors,
} from 'inception-lab';
\`\`\`

\`\`\`ts exercise name=f points=3
function f() {
  // BEGIN SOLUTION
  return 1;
  // END SOLUTION
}
\`\`\`

\`\`\`ts check name=f points=1
check('f', f(), 1);
\`\`\`

\`\`\`ts check name=f points=2
// BEGIN HIDDEN TESTS
check('f', f(), tensors.scalar(1));
// END HIDDEN TESTS
\`\`\`
`,
);

describe('toAssignment', () => {
  it('gives every cell of every lesson metadata that nbgrader takes', () => {
    for (const one of lessons) {
      for (const grading of gradingsOf(toAssignment(one))) {
        const unknown = Object.keys(grading).filter((key) => !allowed.includes(key));
        assert.deepEqual(unknown, []);
        assert.equal(grading.schema_version, 3);
        assert.match(grading.grade_id, /^[A-Za-z0-9_-]+$/);
        assert.equal('points' in grading, grading.grade);
      }
    }
  });

  it('gives no two cells of a lesson the same grade_id', () => {
    for (const one of lessons) {
      const ids = gradingsOf(toAssignment(one)).map(({ grade_id }) => grade_id);
      assert.equal(new Set(ids).size, ids.length, one.slug);
    }
  });

  it("adds up to the exercises' points in every lesson", () => {
    for (const one of lessons) {
      const sum = gradingsOf(toAssignment(one)).reduce((all, { points = 0 }) => all + points, 0);
      const whole = one.parts.reduce(
        (all, part) => all + (part.kind === 'exercise' ? part.points : 0),
        0,
      );
      assert.equal(sum, whole, one.slug);
    }
  });

  it('lets the learner write in exercises alone, and gives points for checks alone', () => {
    const common = { schema_version: 3, task: false };
    const locked = { ...common, grade: false, solution: false, locked: true };
    const check = { ...common, grade: true, solution: false, locked: true };
    assert.deepEqual(gradingsOf(toAssignment(lesson)), [
      { ...locked, grade_id: 'text-1' },
      { ...locked, grade_id: 'code-1' },
      { ...common, grade: false, solution: true, locked: false, grade_id: 'exercise-f' },
      { ...check, grade_id: 'check-f-1', points: 1 },
      { ...check, grade_id: 'check-f-2', points: 2 },
    ]);
  });

  it('keeps the ids of cells whose text is edited', () => {
    const edited = {
      ...lesson,
      parts: lesson.parts.map((part) =>
        part.kind === 'text' ? { ...part, markdown: '# Another' } : part,
      ),
    };
    const ids = (one: typeof lesson) => gradingsOf(toAssignment(one)).map((it) => it.grade_id);
    assert.deepEqual(ids(edited), ids(lesson));
  });

  it('keeps solutions and hidden tests with the marks that nbgrader looks for', () => {
    const [, , exercise, , hidden] = toAssignment(lesson).cells;
    assert.match(textOf(exercise!.source), /\/\/ BEGIN SOLUTION\n +return 1;\n +\/\/ END SOLUTION/);
    assert.match(
      textOf(hidden!.source),
      /\/\/ BEGIN HIDDEN TESTS\ncheck.*\n\/\/ END HIDDEN TESTS$/,
    );
  });

  it('has checks import anew what they use of the library', () => {
    const [, , , first, second] = toAssignment(lesson).cells;
    assert.match(textOf(first!.source), /^import \{ check \} from 'inception-lab';\ncheck\('f'/);
    assert.match(
      textOf(second!.source),
      /^import \{ check, tf as tensors \} from 'inception-lab';\n/,
    );
  });

  it("asks for this project's kernel, in nbgrader's words for the language", () => {
    const { kernelspec } = toAssignment(lesson).metadata;
    assert.equal(kernelspec?.name, 'inception-lab');
    assert.equal(kernelspec.language, 'typescript');
  });
});

describe('importAnew', () => {
  const earlier = ["import { check, tf } from 'inception-lab';"];

  it('takes names for what they are: not parts of others, nor properties', () => {
    assert.deepEqual(importAnew('my.check(tfx, $tf)', earlier), []);
    assert.deepEqual(importAnew('tf.add(...check)', earlier), [
      "import { check, tf } from 'inception-lab';",
    ]);
  });
});

describe("nbgrader's settings", () => {
  it("have the stub and the marks of the lessons' own notebooks", async () => {
    const settings = await readFile('src/lessons/nbgrader_config.py', 'utf8');
    assert.ok(settings.includes(`code_stub = {"typescript": "${notImplemented}"}`));
    for (const mark of [
      '// BEGIN SOLUTION',
      '// END SOLUTION',
      '// BEGIN HIDDEN TESTS',
      '// END HIDDEN TESTS',
    ]) {
      assert.ok(settings.includes(`delimeter = "${mark}"`), mark);
    }
  });
});
