import assert from 'node:assert/strict';
import { parseLesson } from '../../../dist/lessons/parse.js';
import { toAssignment } from '../../../dist/lessons/to-assignment.js';
import { toNotebook } from '../../../dist/lessons/to-notebook.js';
import { textOf, type CodeCell, type Notebook } from '../../../dist/notebook/notebook.js';
import {
  answersIn,
  fillNotebook,
  type CellContent,
} from '../../../dist/site/page/notebook-file.js';

const lesson = parseLesson(
  '01-a',
  `# A

\`\`\`ts
import { check } from 'inception-lab';
\`\`\`

\`\`\`ts exercise name=f points=1
function f() {
  // BEGIN SOLUTION
  return 1;
  // END SOLUTION
}
\`\`\`

\`\`\`ts check name=f
check('f', f(), 1);
// BEGIN HIDDEN TESTS
check('f again', f(), 1);
// END HIDDEN TESTS
\`\`\`
`,
);
const handedOut = toAssignment(lesson, 'learner');
const codeCells = handedOut.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');

/** As the page has them. */
function cells(answer: string): CellContent[] {
  const kinds = ['code', 'exercise', 'check'] as const;
  const names = ['code-1', 'exercise-f', 'check-f-1'];
  return codeCells.map(({ id, source }, i) => ({
    id,
    name: names[i]!,
    kind: kinds[i]!,
    exercise: i === 0 ? undefined : 'f',
    text: i === 1 ? answer : textOf(source),
    outputs:
      i === 2
        ? [{ output_type: 'stream' as const, name: 'stdout' as const, text: '✓ f' }]
        : undefined,
    executionCount: i === 2 ? 3 : null,
  }));
}

const file = (notebook: Notebook) => JSON.stringify(notebook);

describe('A lesson taken away as a notebook', () => {
  it('has the answer and the outputs, and checks as nbgrader handed them out', () => {
    const filled = fillNotebook(handedOut, cells('function f() {\n  return 2;\n}'));
    const [, exercise, check] = filled.cells.filter(
      (cell): cell is CodeCell => cell.cell_type === 'code',
    );
    assert.deepEqual(exercise!.source, ['function f() {\n', '  return 2;\n', '}']);
    assert.deepEqual(exercise!.metadata, codeCells[1]!.metadata);
    assert.equal(textOf(check!.source), textOf(codeCells[2]!.source));
    assert.doesNotMatch(textOf(check!.source), /f again/);
    assert.equal(check!.execution_count, 3);
    assert.equal(check!.outputs.length, 1);
  });

  it('gives its answers back', () => {
    const filled = fillNotebook(handedOut, cells('mine'));
    assert.deepEqual(
      [...answersIn(file(filled), 'a.ipynb', cells('stub'))],
      [['exercise-f', 'mine']],
    );
    assert.equal(answersIn(file(filled), 'a.ipynb', cells('mine')).size, 0);
  });

  it("gives them back from the course's own notebooks, too", () => {
    const notebook = toNotebook(lesson, 'solved');
    const answers = answersIn(file(notebook), 'a.ipynb', cells('stub'));
    assert.deepEqual([...answers], [['exercise-f', 'function f() {\n  return 1;\n}']]);
  });

  it('is refused in a sentence where it is damaged, or another lesson’s', () => {
    const damaged = /“a.ipynb” cannot be read: it is not a notebook, or it is damaged/;
    const whole = file(handedOut);
    for (const text of ['', 'null', '[]', '{"cells":[]', whole.slice(0, -100)]) {
      assert.throws(() => answersIn(text, 'a.ipynb', cells('')), damaged, text.slice(0, 20));
    }
    const broken = file({ ...handedOut, cells: [{ ...codeCells[0]!, source: 1 as never }] });
    assert.throws(() => answersIn(broken, 'a.ipynb', cells('')), damaged);
    const other = file({ ...handedOut, cells: [] });
    assert.throws(() => answersIn(other, 'a.ipynb', cells('')), /has no cell of this lesson/);
  });
});
