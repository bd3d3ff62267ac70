import assert from 'node:assert/strict';
import { parseLesson } from '../../dist/lessons/parse.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { renderPage } from '../../dist/site/page.js';
import type { LessonState } from '../../dist/site/state.js';

const prediction = parseLesson(
  '02-b',
  '# B\n\n**The question:** why?\n\n## Twice\n\n## Twice\n\n```ts exercise name=predict-f points=1\nconst f = () => {\n  // BEGIN SOLUTION\n  return 42;\n  // END SOLUTION\n};\n```\n\n```ts check name=predict-f\nf();\n```\n',
);
const lesson = parseLesson(
  '01-a',
  '# A < B\n\n```ts exercise name=f points=2\nconst f = () => {\n  // BEGIN SOLUTION\n  return 41 + 1;\n  // END SOLUTION\n};\n```\n\n```ts check name=f\nf();\n```\n',
);

function predictionPage(): string {
  const notebook = toNotebook(prediction, 'solved');
  const check = notebook.cells.at(-1)!;
  assert.ok(check.cell_type === 'code');
  check.outputs.push({ output_type: 'stream', name: 'stdout', text: 'It is 42.' });
  const last = parseLesson('03-c', '# C\n');
  const [file] = renderPage(prediction, notebook, { status: 'done' }, [lesson, prediction, last]);
  return file!.content as string;
}

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

  it('says where the library’s own does not count, and leaves hidden tests out', () => {
    const fence = '```';
    const source = (type: string, points: number) =>
      `# A\n\n${fence}ts exercise name=f points=${points}\nfunction f(): ${type} {\n  // BEGIN SOLUTION\n  return g();\n  // END SOLUTION\n}\n${fence}\n\n` +
      `${fence}ts check name=f\nf();\n// BEGIN HIDDEN TESTS\nsecretly();\n// END HIDDEN TESTS\n${fence}\n`;
    const pageOf = (type: string, points = 2) => {
      const one = parseLesson('01-a', source(type, points));
      const [file] = renderPage(one, toNotebook(one, 'solved'), { status: 'done' }, [one]);
      return file!.content as string;
    };
    assert.match(pageOf('tf.SymbolicTensor'), /2 points · your own, not the library’s/);
    assert.doesNotMatch(pageOf('number'), /your own/);
    // An extra is not marked.
    assert.doesNotMatch(pageOf('tf.SymbolicTensor', 0), /your own/);
    assert.doesNotMatch(pageOf('number'), /secretly|HIDDEN/);
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
    assert.match(page({ status: 'unrun' }), /has not been run/);
    assert.doesNotMatch(page({ status: 'done' }), /class="banner/);
  });

  it('hides what a prediction is about, its outputs too, until the learner wants to see it', () => {
    const [before = '', after = ''] = predictionPage().split('Reveal what comes out</summary>');
    assert.doesNotMatch(before.replace(/<details[^>]*>.*?<\/details>/gs, ''), /42/);
    assert.match(after, /^\s*<pre class="output stdout">It is 42\.<\/pre>\s*<\/details>/);
  });

  it('says of each cell what the script needs to make an editor of it', () => {
    const text = page({ status: 'done' });
    assert.match(text, /class="cell exercise" data-cell="exercise-f" data-id="exercise-f"/);
    assert.match(text, /class="cell check" data-cell="check-f-1"[^>]* data-points="2"/);
    assert.match(predictionPage(), /data-cell="check-predict-f-1"[^>]* data-prediction/);
  });

  it('says whose answer it was that passed the checks', () => {
    const notebook = toNotebook(lesson, 'solved');
    const check = notebook.cells.at(-1)!;
    assert.ok(check.cell_type === 'code');
    check.outputs.push({ output_type: 'stream', name: 'stdout', text: '✓ f' });
    const [file] = renderPage(lesson, notebook, { status: 'done' }, [lesson]);
    assert.match(
      file!.content as string,
      /With the solution:<\/p>\s*<pre class="output stdout">✓ f/,
    );
  });

  it('has contents whose every link leads to a heading of its own', () => {
    const text = predictionPage();
    const targets = [...text.matchAll(/<a href="#([^"]+)">Twice/g)].map(([, id]) => id);
    // At the side and above the text.
    assert.deepEqual(targets, ['twice', 'twice-2', 'twice', 'twice-2']);
    for (const id of targets) assert.equal(text.split(`<h2 id="${id}"`).length, 2);
  });

  it('leads on to its neighbours, and says so to programs', () => {
    const text = predictionPage();
    assert.match(
      text,
      /<link rel="prev" href="01-a\.html" \/>\s*<link rel="next" href="03-c\.html"/,
    );
    assert.equal(text.match(/<a rel="next" href="03-c\.html">C<\/a>/g)?.length, 2);
    assert.match(text, /aria-current="page">B<\/a>/);
  });

  it('loads only what lies beside it, and holds no script of its own', () => {
    const text = predictionPage();
    const loaded = [...text.matchAll(/(?:src|href)="([^"#]*)"/g)].map(([, target]) => target!);
    assert.deepEqual(
      loaded.filter((target) => /^\/|:/.test(target)),
      [],
    );
    assert.doesNotMatch(text, /<script(?![^>]* src=)|\son\w+=/);
    assert.match(text, /http-equiv="Content-Security-Policy" content="default-src &#39;self&#39;/);
  });
});
