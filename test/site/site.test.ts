import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import MiniSearch, { type AsPlainObject, type Options } from 'minisearch';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { parseLesson } from '../../dist/lessons/parse.js';
import type { GradingMetadata } from '../../dist/lessons/to-assignment.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { textOf, type CodeCell, type Notebook } from '../../dist/notebook/notebook.js';
import { Site } from '../../dist/site/site.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const lessons = [
  parseLesson(
    '00-first',
    `# First <b>\n\n**The question:** what is $x$?\n\n## The bottleneck\n\nA \`1×1\` convolution\nsqueezes. And so on.\n\n\`\`\`ts exercise name=f points=2\nconst f = () => {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n};\n\`\`\`\n\n\`\`\`ts check name=f\nf();\n\`\`\`\n`,
  ),
  parseLesson('01-second', '# Second\n\n| a | b |\n| - | - |\n| 1 | 2 |\n'),
];

describe('The site', () => {
  let folder: string;
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  before(async () => {
    folder = temporaryFolder();
    const site = new Site(folder, lessons);
    await site.writeFrame();
    for (const lesson of lessons) {
      await site.writeLesson(lesson, toNotebook(lesson, 'solved'), { status: 'done' });
    }
  });

  it('has everything that its pages, styles and scripts load', () => {
    for (const page of ['index.html', '00-first.html', '01-second.html']) {
      const targets = [...read(page).matchAll(/(?:src|href)="([^"#]+)/g)];
      for (const [, target] of targets) assert.ok(existsSync(join(folder, target!)), target);
    }
    const loaded = [...read('assets/page.js').matchAll(/"\.\/([\w-]+\.js)"/g)];
    assert.ok(loaded.length > 1);
    for (const [, name] of loaded) {
      for (const [, inner] of read(`assets/${name!}`).matchAll(/"\.\/([\w-]+\.js)"/g)) {
        assert.ok(existsSync(join(folder, 'assets', inner!)), inner);
      }
    }
  });

  it('has contents that say what a lesson asks, and what it takes', () => {
    const index = read('index.html').replace(/\s+/g, ' ');
    assert.match(index, /<a href="00-first\.html">First &lt;b&gt;<\/a>/);
    assert.match(index, /<p class="question">What is <span class="katex">/);
    assert.match(index, /<h2 class="part">Part one: the networks<\/h2>/);
    assert.match(index, /<p class="facts"> ?1 exercise · 2 points/);
    assert.match(index, /id="page-course-progress"[^>]* data-points="2"/);
  });

  it('has each lesson as a notebook, as nbgrader hands it out', () => {
    const { cells } = JSON.parse(read('notebooks/00-first.ipynb')) as Notebook;
    const exercise = cells.find(({ id }) => id === 'exercise-f');
    assert.match(textOf(exercise!.source), /not implemented/);
    const { grade_id, solution } = exercise!.metadata.nbgrader as GradingMetadata;
    assert.deepEqual([grade_id, solution], ['exercise-f', true]);
  });

  it('can be searched down to the section, by the words of titles and text', () => {
    const { options, index } = JSON.parse(read('search.json')) as {
      options: Options;
      index: AsPlainObject;
    };
    const search = MiniSearch.loadJS(index, options);
    const [found] = search.search('squeez', { prefix: true });
    assert.equal(found?.id, '00-first.html#the-bottleneck');
    assert.match(read('00-first.html'), /<h2 id="the-bottleneck">/);
    assert.match(String(found.text), /^A 1×1 convolution squeezes\. And/);
    assert.equal(search.search('bottleneck')[0]?.id, found.id);
    assert.equal(search.search('second')[0]?.title, 'Second');
  });

  it('keeps no plot of an earlier version of a lesson, and those of others', async () => {
    const site = new Site(folder, lessons);
    const plotted = (lesson: Lesson) => {
      const notebook = toNotebook(lesson, 'solved');
      const cell = notebook.cells.find((one): one is CodeCell => one.cell_type === 'code');
      const data = { 'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg"/>' };
      cell?.outputs.push({ output_type: 'display_data', data, metadata: {} });
      return notebook;
    };
    const [lesson] = lessons;
    const elsewhere = join(folder, 'plots', '01-second-code-1.svg');
    await site.writeLesson(lesson!, plotted(lesson!), { status: 'done' });
    writeFileSync(elsewhere, '');
    assert.equal(readdirSync(join(folder, 'plots')).length, 2);
    await site.writeLesson(lesson!, toNotebook(lesson!, 'solved'), { status: 'done' });
    assert.deepEqual(readdirSync(join(folder, 'plots')), ['01-second-code-1.svg']);
  });

  it('says of every head of a table what it is the head of', () => {
    assert.match(read('01-second.html'), /<th scope="col">a<\/th>/);
  });
});
