import type { Lesson, LessonPart } from '../lessons/lesson.js';
import { codeOf } from '../lessons/to-notebook.js';
import type { Notebook, Output } from '../notebook/notebook.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { renderCode, renderMarkdown } from './markdown.js';
import { renderOutputs, type SiteFile } from './outputs.js';
import { isPending, type LessonState } from './state.js';

/** A lesson's neighbours in the course. */
export interface Neighbours {
  readonly previous: Lesson | undefined;
  readonly next: Lesson | undefined;
}

/**
 * A lesson's page, and the files beside it.
 *
 * @param notebook the solved notebook, with outputs where it has been run; its cells are the lesson's parts
 * @throws Error that names the lesson, if a text has a formula that is none.
 */
export function renderPage(
  lesson: Lesson,
  notebook: Notebook,
  state: LessonState,
  neighbours: Neighbours,
): SiteFile[] {
  const parts = lesson.parts.map((part, i) => {
    const cell = notebook.cells[i];
    const outputs = cell?.cell_type === 'code' ? cell.outputs : [];
    try {
      return renderPart(part, outputs, `plots/${lesson.slug}-${cell?.id ?? i}`);
    } catch (error) {
      throw new Error(`Lesson ${lesson.slug}: ${(error as Error).message}`, { cause: error });
    }
  });
  const page = layout({
    title: lesson.title,
    attributes: html`data-lesson="${lesson.slug}" data-status="${state.status}"`,
    main: html`${banner(state)}
      <article>${parts.map((part) => part.html)}</article>
      ${navigation(neighbours)}`,
  });
  return [{ path: `${lesson.slug}.html`, content: page }, ...parts.flatMap((part) => part.files)];
}

function banner(state: LessonState): Html | undefined {
  if (isPending(state)) {
    return html`<p class="banner" role="status">
      This lesson has not run to its end yet; you can read it already. Its outputs will appear by
      themselves.
      <span id="progress"></span>
    </p>`;
  }
  if (state.status === 'failed') {
    return html`<p class="banner failed" role="alert">
      This lesson did not run to its end. ${state.problem}
    </p>`;
  }
  return undefined;
}

interface RenderedPart {
  readonly html: Html;
  readonly files: SiteFile[];
}

function renderPart(part: LessonPart, outputs: readonly Output[], name: string): RenderedPart {
  if (part.kind === 'text') return { html: renderMarkdown(part.markdown), files: [] };
  const rendered = renderOutputs(outputs, name);
  return {
    html: html`<section class="cell ${part.kind}">${codeHtml(part)}${rendered.html}</section>`,
    files: rendered.files,
  };
}

function codeHtml(part: Exclude<LessonPart, { kind: 'text' }>): Html {
  switch (part.kind) {
    case 'code':
      return renderCode(part.code);
    case 'exercise':
      return html`<p class="label">
          Your turn · ${part.points} ${part.points === 1 ? 'point' : 'points'}
        </p>
        ${renderCode(codeOf(part, 'learner'))}
        <details>
          <summary>A solution</summary>
          ${renderCode(codeOf(part, 'solved'))}
        </details>`;
    case 'check':
      return html`<p class="label">Check</p>
        <details>
          <summary>What is checked</summary>
          ${renderCode(part.code)}
        </details>`;
  }
}

function navigation({ previous, next }: Neighbours): Html | undefined {
  if (!previous && !next) return undefined;
  const link = (lesson: Lesson | undefined, rel: string) =>
    lesson && html`<a rel="${rel}" href="${lesson.slug}.html">${lesson.title}</a>`;
  return html`<nav class="neighbours" aria-label="Lessons">
    ${link(previous, 'prev')}${link(next, 'next')}
  </nav>`;
}
