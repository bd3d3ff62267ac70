import type { CheckMark } from '../../grading/marks.js';
import {
  byExercise,
  totalOf,
  type ExerciseMark,
  type Marked,
} from '../../grading/report/marked.js';
import { html, type Html } from '../html.js';
import { sheet } from './sheet.js';

export interface FeedbackOptions {
  /** The lesson's. */
  readonly title: string;
  /** Whether what hidden tests say is told. */
  readonly hiddenTests: boolean;
}

/** What a learner gets back. */
export function feedbackPage(
  { learner, cells, marks }: Marked,
  { title, hiddenTests }: FeedbackOptions,
): string {
  const { earned, points } = totalOf(marks.checks);
  const exercises = byExercise(marks.checks).map((exercise) =>
    section(
      exercise,
      marks.checks.filter((check) => check.exercise === exercise.exercise),
      cells.filter((cell) => cell.exercise === exercise.exercise).map(({ code }) => code),
      hiddenTests,
    ),
  );
  return sheet(
    `${title}: ${learner}`,
    html`<h1>${title}</h1>
      <p>${learner}: <strong>${earned} of ${points} points</strong></p>
      ${
        marks.errors.length > 0 &&
        html`<h2>What went wrong in your cells</h2>
          ${marks.errors.map((error) => html`<pre>${error}</pre>`)}`
      }
      ${exercises}`,
  );
}

function section(
  { exercise, earned, points }: ExerciseMark,
  checks: readonly CheckMark[],
  answers: readonly string[],
  hiddenTests: boolean,
): Html {
  return html`<section>
    <h2>${exercise}: ${earned} of ${points}</h2>
    ${answers.map((code) => html`<pre>${code}</pre>`)}
    ${answers.length === 0 && html`<p>There was no cell with an answer.</p>`}
    ${checks.map((check) => result(check, hiddenTests))}
  </section>`;
}

function result(check: CheckMark, hiddenTests: boolean): Html {
  const { earned, points } = check;
  const { message, output } = hiddenTests ? check : withoutHidden(check);
  return html`<h3>${check.message === undefined ? '✓' : '✗'} ${earned} of ${points}</h3>
    ${message !== undefined && html`<pre>${message}</pre>`}
    ${
      output !== '' &&
      html`<details>
        <summary>What the check printed</summary>
        <pre>${output}</pre>
      </details>`
    }`;
}

function withoutHidden(check: CheckMark): Pick<CheckMark, 'message' | 'output'> {
  const { hasHidden, message, visible } = check;
  if (!hasHidden) return check;
  if (message === undefined) return { output: '' };
  // Without a word of the visible tests, it is one of ours.
  const { message: said = 'A test that you cannot see failed.', output } = visible ?? check;
  return { message: said, output };
}
