import assert from 'node:assert/strict';
import { parseLesson } from '../../dist/lessons/parse.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { renderPage } from '../../dist/site/page.js';
import type { LessonState } from '../../dist/site/state.js';

const lesson = parseLesson(
  '01-a',
  '# A < B\n\n```ts exercise name=f points=2\nconst f = () => {\n  // BEGIN SOLUTION\n  return 41 + 1;\n  // END SOLUTION\n};\n```\n\n```ts check name=f\nf();\n```\n',
);

function page(state: LessonState): string {
  const [file] = renderPage(lesson, toNotebook(lesson, 'solved'), state, [lesson]);
  return file!.content as string;
}

describe("A lesson's page", () => {
  it('hides the solution behind a click, below what the learner gets', () => {
    const [before = '', after = ''] = page({ status: 'done' }).split(
      '<summary>Show a solution</summary>',
    );
    assert.match(before, /not implemented/);
    assert.doesNotMatch(before, /41/);
    assert.match(after, /41/);
  });

  it('escapes its title', () => {
    assert.match(page({ status: 'done' }), /<title>A &lt; B · Inception Lab<\/title>/);
  });

  it('says that outputs are still to come, or what went wrong, or nothing', () => {
    assert.match(page({ status: 'waiting' }), /role="status"/);
    assert.match(page({ status: 'running', cell: 1, cells: 2 }), /data-status="running"/);
    assert.match(
      page({ status: 'failed', problem: 'Cell 1 <broke>' }),
      /role="alert">.*Cell 1 &lt;broke&gt;/s,
    );
    assert.doesNotMatch(page({ status: 'done' }), /class="banner/);
  });
});
