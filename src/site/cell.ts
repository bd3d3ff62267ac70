import type { LessonPart } from '../lessons/lesson.js';
import { codeOf } from '../lessons/to-notebook.js';
import type { Output } from '../notebook/notebook.js';
import { isPrediction } from './facts.js';
import { html, type Html } from './html.js';
import { renderCode } from './markdown.js';
import { renderOutputs, type SiteFile } from './outputs.js';

export type CellPart = Exclude<LessonPart, { kind: 'text' }>;

/** Part of a page, and the files beside it. */
export interface Rendered {
  readonly html: Html;
  readonly files: readonly SiteFile[];
}

/**
 * A cell with what it put out. What would spoil an exercise waits until the learner wants to see
 * it: the solution, and of a prediction the outputs too.
 *
 * @param name begins the names of the files beside the page
 */
export function renderCell(part: CellPart, outputs: readonly Output[], name: string): Rendered {
  const rendered = renderOutputs(outputs, name);
  const shown =
    isPrediction(part) && outputs.length > 0
      ? html`<details class="revealed">
          <summary>Reveal what comes out</summary>
          ${rendered.html}
        </details>`
      : html`${rendered.html}`;
  return {
    html: html`<div class="cell ${part.kind}">${codeHtml(part)}${shown}</div>`,
    files: rendered.files,
  };
}

function codeHtml(part: CellPart): Html {
  switch (part.kind) {
    case 'code':
      return renderCode(part.code);
    case 'exercise':
      return html`<p class="label">
          Your turn · ${part.points} ${part.points === 1 ? 'point' : 'points'}
        </p>
        ${renderCode(codeOf(part, 'learner'))}
        <details>
          <summary>Show a solution</summary>
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
