import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { findLesson, readLessons } from '../../dist/lessons/catalogue.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import { formatNotebook } from '../../dist/notebook/files.js';

describe('The lessons', () => {
  it('are found by number, with or without a zero, and by name', async () => {
    const lessons = await readLessons();
    for (const wish of ['1', '01', '01-the-convolution-unit']) {
      assert.equal(findLesson(lessons, wish).title, 'The convolution unit');
    }
    assert.throws(
      () => findLesson(lessons, '99'),
      /There is no lesson "99"\. .*01-the-convolution-unit/,
    );
  });

  it('ask a question, have at least three exercises, and say where to read on', async () => {
    for (const { slug, parts } of await readLessons()) {
      const text = parts.map((part) => (part.kind === 'text' ? part.markdown : '')).join('\n');
      for (const phrase of ['**The question:**', '## What you have learned', '**Read on:**']) {
        assert.ok(text.includes(phrase), `${slug}: ${phrase}`);
      }
      assert.ok(parts.filter(({ kind }) => kind === 'exercise').length >= 3, slug);
      assert.match(text, /^### Exercise \d: predict/m, slug);
    }
  });

  it('have no more than 150 words of prose without a cell', async () => {
    for (const { slug, parts } of await readLessons()) {
      for (const part of parts) {
        if (part.kind !== 'text') continue;
        const prose = part.markdown
          .replace(/\$\$[^$]*\$\$/g, '')
          .replace(/^(#|\*\*Read on).*$/gm, '');
        const words = prose.split(/\s+/).filter((word) => /\w/.test(word)).length;
        assert.ok(words <= 150, `${slug}, ${words} words: ${part.markdown.slice(0, 80)}`);
      }
    }
  });

  it('have fresh notebooks in notebooks/, and no others are there (npm run notebooks makes them)', async () => {
    const lessons = await readLessons();
    const names = await readdir('notebooks');
    assert.deepEqual(
      names.filter((name) => name.endsWith('.ipynb')).sort(),
      lessons.map(({ slug }) => `${slug}.ipynb`),
    );
    for (const lesson of lessons) {
      const written = await readFile(`notebooks/${lesson.slug}.ipynb`, 'utf8');
      assert.equal(
        written,
        formatNotebook(toNotebook(lesson, 'learner')),
        `${lesson.slug} is stale`,
      );
    }
  });
});
