import assert from 'node:assert/strict';
import { parseLesson } from '../../dist/lessons/parse.js';

const exercise = (name: string) =>
  `\`\`\`ts exercise name=${name} points=2\nconst f = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};\n\`\`\`\n`;
const check = (name: string) => `\`\`\`ts check name=${name}\ncheck('f', f(), 1);\n\`\`\`\n`;

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
      'Lesson 01-x, line 3: points=many is not a whole number of at least 1.',
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
