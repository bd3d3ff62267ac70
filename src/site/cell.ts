import { asksToBuild } from '../grading/compile/remote-stub.js';
import type { ExercisePart, LessonPart } from '../lessons/lesson.js';
import { codeOf } from '../lessons/to-notebook.js';
import type { Output } from '../notebook/notebook.js';
import { isPrediction } from './facts.js';
import { html, type Html } from './html.js';
import { renderCode } from './markdown.js';
import { renderOutputs, type SiteFile } from './site-files.js';

export type CellPart = Exclude<LessonPart, { kind: 'text' }>;

/** Part of a page, and the files beside it. */
export interface Rendered {
  readonly html: Html;
  readonly files: readonly SiteFile[];
}

export interface CellOptions {
  /** What the learner's text is kept under: see `cellNames`. */
  readonly name: string;
  /** The cell's id in the lesson's notebook. */
  readonly id: string;
  /** Begins the names of the files beside the page. */
  readonly path: string;
}

/**
 * A cell with what it put out. What would spoil an exercise waits until the learner wants to see
 * it: the solution, and of a prediction the outputs too. The page's script makes an editor of
 * `.source`, and puts what comes out into `.outputs`.
 */
export function renderCell(
  part: CellPart,
  outputs: readonly Output[],
  { name, id, path }: CellOptions,
): Rendered {
  const rendered = renderOutputs(outputs, path);
  const attributes = html`data-cell="${name}" data-id="${id}" ${exerciseAttributes(part)}`;
  return {
    html: html`<div class="cell ${part.kind}" ${attributes}>
      ${codeHtml(part)}
      <div class="outputs">${shownOutputs(part, rendered.html)}</div>
    </div>`,
    files: rendered.files,
  };
}

function exerciseAttributes(part: CellPart): Html | undefined {
  if (part.kind === 'code') return undefined;
  const exercise = part.kind === 'exercise' ? part.name : part.exercise;
  const prediction = isPrediction(part) && html`data-prediction`;
  return html`data-exercise="${exercise}" data-points="${part.points}" ${prediction}`;
}

function shownOutputs(part: CellPart, outputs: Html[]): Html | undefined {
  if (outputs.length === 0) return undefined;
  if (isPrediction(part)) {
    return html`<details class="revealed">
      <summary>Reveal what comes out</summary>
      ${outputs}
    </details>`;
  }
  // Whose answer it was that passed, is to be seen.
  const whose = part.kind === 'check' && html`<p class="whose">With the solution:</p>`;
  return html`${whose}${outputs}`;
}

function codeHtml(part: CellPart): Html {
  switch (part.kind) {
    case 'code':
      return source(part.code);
    case 'exercise':
      return html`<p class="label">Your turn · ${worthOf(part.points)}${ruleOf(part)}</p>
        ${source(codeOf(part, 'learner'))}
        <details class="solution">
          <summary>Show a solution</summary>
          ${renderCode(codeOf(part, 'solved'))}
        </details>`;
    case 'check':
      return html`<p class="label">Check</p>
        <details>
          <summary>What is checked</summary>
          ${source(part.visible)}
        </details>`;
  }
}

function worthOf(points: number): string {
  if (points === 0) return 'extra, without points';
  return points === 1 ? '1 point' : `${points} points`;
}

/** What marking finds, says the page before. */
function ruleOf(exercise: ExercisePart): string {
  const isMarked = exercise.points > 0;
  return isMarked && asksToBuild(exercise) ? ' · your own, not the library’s' : '';
}

function source(code: string): Html {
  return html`<div class="source">${renderCode(code)}</div>`;
}
