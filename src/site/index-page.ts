import type { Lesson } from '../lessons/lesson.js';
import { html } from './html.js';
import { layout } from './layout.js';
import type { SiteFile } from './outputs.js';

/** The course's contents. */
export function renderIndex(lessons: readonly Lesson[]): SiteFile {
  const main = html`<article>
    <h1>Inception Lab</h1>
    <p>
      Build Inception-v4 and the Inception-ResNets step by step in TypeScript, from one convolution
      to the whole network.
    </p>
    <ol class="contents">
      ${lessons.map(
        ({ slug, title }) =>
          html`<li value="${Number(slug.slice(0, 2))}"><a href="${slug}.html">${title}</a></li>`,
      )}
    </ol>
  </article>`;
  return { path: 'index.html', content: layout({ title: 'Contents', main }) };
}
