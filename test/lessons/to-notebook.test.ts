import assert from 'node:assert/strict';
import { parseLesson } from '../../dist/lessons/parse.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { textOf } from '../../dist/notebook/notebook.js';

const body =
  '```ts exercise name=f points=2\nconst f = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};\n```\n\n```ts check name=f\ncheck("f", f(), 1);\n```\n';
const source = `# Title\n\n\`\`\`ts\nconst x = 1;\n\`\`\`\n\n\`\`\`ts\nconst x = 1;\n\`\`\`\n\n${body}`;
const lesson = parseLesson('01-title', source);

describe('toNotebook', () => {
  it('blanks the solutions for the learner only', () => {
    const exercise = (edition: 'learner' | 'solved') =>
      textOf(toNotebook(lesson, edition).cells[3]!.source);
    assert.equal(
      exercise('learner'),
      "const f = () => {\n  throw new Error('not implemented');\n};",
    );
    assert.equal(exercise('solved'), 'const f = () => {\n  return 1;\n};');
  });

  it('leaves hidden tests out', () => {
    const hiding = source.replace(
      'check("f", f(), 1);',
      'check("f", f(), 1);\n// BEGIN HIDDEN TESTS\ncheck("g", f(), 1);\n// END HIDDEN TESTS',
    );
    const check = (edition: 'learner' | 'solved') =>
      textOf(toNotebook(parseLesson('01-title', hiding), edition).cells[4]!.source);
    assert.equal(check('learner'), 'check("f", f(), 1);');
    assert.equal(check('solved'), 'check("f", f(), 1);');
  });

  it('marks exercises and checks, so that tools can find them', () => {
    const marks = toNotebook(lesson, 'learner').cells.map(({ metadata }) => metadata.inception_lab);
    assert.deepEqual(marks.slice(3), [{ exercise: 'f', points: 2 }, { check: 'f' }]);
  });

  it('gives every cell an id that format 4.5 allows, and no two the same', () => {
    const ids = toNotebook(lesson, 'learner').cells.map(({ id }) => id);
    for (const id of ids) assert.match(id, /^[a-zA-Z0-9-_]{1,64}$/);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('keeps the ids of cells when others come before them', () => {
    const longer = parseLesson(
      '01-title',
      source.replace('# Title', '# Title\n\n```ts\nconst y = 2;\n```\n'),
    );
    const later = new Set(toNotebook(longer, 'learner').cells.map(({ id }) => id));
    const [, ...unchanged] = toNotebook(lesson, 'learner').cells;
    assert.deepEqual(
      unchanged.filter(({ id }) => !later.has(id)),
      [],
    );
  });

  it("asks for tslab's kernel", () => {
    assert.equal(toNotebook(lesson, 'learner').metadata.kernelspec?.name, 'tslab');
  });
});
