import { coursePartsOf } from '../lessons/course-parts.js';
import type { Lesson } from '../lessons/lesson.js';
import { factsOf } from './facts.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { renderInline } from './markdown.js';
import { progressMark } from './navigation.js';
import type { SiteFile } from './site-files.js';

/** The course's contents. */
export function renderIndex(lessons: readonly Lesson[]): SiteFile {
  const main = html`<article>
    <h1>Inception Lab</h1>
    <p class="lead">
      Build Inception-v4 and the Inception-ResNets step by step in TypeScript, from one convolution
      to the whole network; then train them, rerun the paper’s ablations, and see what they see.
    </p>
    ${progress(lessons.reduce((sum, lesson) => sum + factsOf(lesson).points, 0))}
    ${coursePartsOf(lessons).map(
      (part) =>
        html`<h2 class="part">${part.title}</h2>
          <ol class="contents">
            ${part.lessons.map(entry)}
          </ol>`,
    )}
  </article>`;
  return { path: 'index.html', content: layout({ title: 'Contents', main }) };
}

/** The page's script fills and shows it where the browser can remember what is done. */
function progress(points: number): Html {
  return html`<section
    id="page-course-progress"
    aria-label="Your progress"
    data-points="${points}"
    hidden
  >
    <p>
      <span class="count"></span>
      <a class="go-on" href="index.html"></a>
    </p>
    <progress aria-label="Lessons done"></progress>
    <button type="button" class="reset">Forget my progress</button>
  </section>`;
}

function entry(lesson: Lesson): Html {
  const { question, exercises, points, extras } = factsOf(lesson);
  const facts = [
    count(exercises, 'exercise'),
    count(points, 'point'),
    count(extras, 'extra'),
  ].filter((fact) => fact !== undefined);
  return html`<li>
    <span class="number" aria-hidden="true">${lesson.slug.slice(0, 2)}</span>
    <h3><a href="${lesson.slug}.html">${lesson.title}</a></h3>
    ${question !== undefined && html`<p class="question">${renderInline(question)}</p>`}
    <p class="facts">${facts.join(' · ')} ${progressMark(lesson)}</p>
  </li>`;
}

/** `'3 exercises'`; nothing if there are none. */
function count(number: number, what: string): string | undefined {
  if (number === 0) return undefined;
  return number === 1 ? `1 ${what}` : `${number} ${what}s`;
}
