import assert from 'node:assert/strict';
import { parseLesson } from '../../dist/lessons/parse.js';

const exercise = (name: string) =>
  `\`\`\`ts exercise name=${name} points=2\nconst f = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};\n\`\`\`\n`;
const check = (name: string, ...more: readonly string[]) =>
  `\`\`\`ts ${['check', `name=${name}`, ...more].join(' ')}\ncheck('f', f(), 1);\n\`\`\`\n`;

describe('parseLesson', () => {
  it('reads texts, code, exercises and checks in their order', () => {
    const source = `# Title\n\nText.\n\n\`\`\`ts\nconst x = 1;\n\`\`\`\n\n${exercise('f')}\n${check('f')}\nEnd.\n`;
    const { slug, title, parts } = parseLesson('01-title', source);
    assert.deepEqual([slug, title], ['01-title', 'Title']);
    assert.deepEqual(
      parts.map(({ kind }) => kind),
      ['text', 'code', 'exercise', 'check', 'text'],
    );
    assert.deepEqual(parts[0], { kind: 'text', markdown: '# Title\n\nText.' });
    assert.deepEqual(parts[1], { kind: 'code', code: 'const x = 1;' });
  });

  it('takes an exercise of no points for an extra, with a check of none', () => {
    const extra = exercise('f').replace('points=2', 'points=0');
    const { parts } = parseLesson('01-x', `# T\n\n${extra}\n${check('f')}`);
    assert.deepEqual(
      parts.flatMap((part) => ('points' in part ? [part.points] : [])),
      [0, 0],
    );
  });

  it('gives a single check the points of its exercise, and several what they say', () => {
    const pointsOf = (checks: string) =>
      parseLesson('01-t', `# T\n\n${exercise('f')}\n${checks}`).parts.flatMap((part) =>
        part.kind === 'check' ? [part.points] : [],
      );
    assert.deepEqual(pointsOf(check('f')), [2]);
    assert.deepEqual(pointsOf(check('f', 'points=2')), [2]);
    assert.deepEqual(pointsOf(check('f', 'points=1') + check('f', 'points=1')), [1, 1]);
  });

  it('tells what a check hides from what the learner sees', () => {
    const source = `# T\n\n${exercise('f')}\n\`\`\`ts check name=f\nseen(1);\n// BEGIN HIDDEN TESTS\nhidden();\n// END HIDDEN TESTS\nseen(2);\n\`\`\`\n`;
    const part = parseLesson('01-t', source).parts.at(-1);
    assert.ok(part?.kind === 'check');
    assert.equal(part.visible, 'seen(1);\nseen(2);');
    assert.equal(part.code, 'seen(1);\nhidden();\nseen(2);');
    assert.match(part.source, /BEGIN HIDDEN TESTS\nhidden/);
  });

  it('leaves fences of other languages, and fences within lists, in the text', () => {
    const source = '# T\n\n```text\nplain\n```\n\n- item\n\n  ```ts\n  const x = 1;\n  ```\n';
    assert.deepEqual(
      parseLesson('01-t', source).parts.map(({ kind }) => kind),
      ['text'],
    );
  });

  for (const [problem, source, message] of [
    [
      'a text without a title',
      'Text.',
      'Lesson 01-x: the text has no title. Begin it with a line "# Title".',
    ],
    [
      'an exercise without a solution',
      '# T\n\n```ts exercise name=f points=1\nconst f = 1;\n```\n',
      'Lesson 01-x, line 3: the exercise has no solution between "// BEGIN SOLUTION" and "// END SOLUTION".',
    ],
    [
      'a duplicate exercise name',
      `# T\n\n${exercise('f')}\n${exercise('f')}\n${check('f')}`,
      'Lesson 01-x: two exercises are named "f"; give each a name of its own.',
    ],
    [
      'an exercise without a check',
      `# T\n\n${exercise('f')}`,
      'Lesson 01-x: the exercise "f" has no check; add a cell ```ts check name=f.',
    ],
    [
      'a check of no exercise',
      `# T\n\n${check('g')}`,
      'Lesson 01-x: a check is for "g", but no exercise before it has that name.',
    ],
    [
      'an exercise without points',
      '# T\n\n```ts exercise name=f\n```\n',
      'Lesson 01-x, line 3: the cell lacks points=….',
    ],
    [
      'points that are no number',
      '# T\n\n```ts exercise name=f points=many\n// BEGIN SOLUTION\n// END SOLUTION\n```\n',
      'Lesson 01-x, line 3: points=many is not a whole number of at least 0.',
    ],
    [
      'a name that nbgrader would refuse',
      '# T\n\n```ts check name=a.b\n```\n',
      'Lesson 01-x, line 3: the name "a.b" may have only letters, digits, "-" and "_", and at most 50 of them.',
    ],
    [
      'an unknown attribute',
      '# T\n\n```ts check name=f colour=red\n```\n',
      'Lesson 01-x, line 3: the cell has an unknown attribute "colour". Allowed: name, points.',
    ],
    [
      'an unknown kind of cell',
      '# T\n\n```ts exercize name=f\n```\n',
      'Lesson 01-x, line 3: there is no kind of cell "exercize". Write ```ts alone, ```ts exercise or ```ts check.',
    ],
    [
      'several checks, one of which does not say its points',
      `# T\n\n${exercise('f')}\n${check('f', 'points=1')}\n${check('f')}`,
      'Lesson 01-x, line 15: the exercise "f" has 2 checks, so each must say its points=….',
    ],
    [
      "checks whose points are not the exercise's",
      `# T\n\n${exercise('f')}\n${check('f', 'points=1')}\n${check('f', 'points=3')}`,
      'Lesson 01-x, line 3: the exercise "f" has points=2, but its checks have 1 + 3; make them add up.',
    ],
    [
      'a check whose points are none',
      `# T\n\n${exercise('f')}\n${check('f', 'points=0')}`,
      'Lesson 01-x, line 11: points=0 is not a whole number of at least 1.',
    ],
    [
      'points that are not given after all',
      `# T\n\n${exercise('f')}\n${check('f', 'points=')}`,
      'Lesson 01-x, line 11: the cell lacks points=….',
    ],
    [
      'hidden tests without an end',
      '# T\n\n```ts check name=f\n// BEGIN HIDDEN TESTS\n```\n',
      'Lesson 01-x, line 3: a "// BEGIN HIDDEN TESTS" has no "// END HIDDEN TESTS" after it.',
    ],
    [
      'hidden tests within hidden tests',
      '# T\n\n```ts check name=f\n// BEGIN HIDDEN TESTS\n// BEGIN HIDDEN TESTS\n```\n',
      'Lesson 01-x, line 3: a "// BEGIN HIDDEN TESTS" stands inside hidden tests.',
    ],
    [
      'hidden tests outside of a check',
      '# T\n\n```ts\n// BEGIN HIDDEN TESTS\n// END HIDDEN TESTS\n```\n',
      'Lesson 01-x, line 3: hidden tests can only stand in a check.',
    ],
    [
      'a solution outside of an exercise',
      '# T\n\n```ts\n// BEGIN SOLUTION\n// END SOLUTION\n```\n',
      'Lesson 01-x, line 3: a solution can only stand in an exercise.',
    ],
    [
      'a fence that is never closed',
      '# T\n\n```ts\nconst x = 1;\n',
      'Lesson 01-x, line 3: the code fence is never closed.',
    ],
  ] as const) {
    it(`refuses ${problem}, and says where and what is allowed`, () => {
      assert.throws(() => parseLesson('01-x', source), { message });
    });
  }
});
