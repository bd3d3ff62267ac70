import { renderSvg } from '../../kernel/display/render-svg.js';
import type { Lesson } from '../../lessons/lesson.js';
import type { Pair } from '../../grading/report/alike.js';
import { byExercise, totalOf, type Marked } from '../../grading/report/marked.js';
import { commonMistakes } from '../../grading/report/mistakes.js';
import { heatTable } from '../../viz/index.js';
import { html, type Html } from '../html.js';
import { sheet } from './sheet.js';

export interface OverviewOptions {
  readonly lesson: Lesson;
  readonly pairs: readonly Pair[];
  /** How answers were kept apart. */
  readonly isolation: string;
  /** By learner, the feedback page's address. */
  readonly pageOf: (learner: string) => string;
}

/** So many mistakes and pairs are shown. */
const most = 20;

/** What a teacher sees first. */
export function overviewPage(
  all: readonly Marked[],
  { lesson, pairs, isolation, pageOf }: OverviewOptions,
): string {
  const link = (learner: string) => html`<a href="${pageOf(learner)}">${learner}</a>`;
  const suspicious = all.filter(({ marks }) => marks.suspicious.length > 0);
  return sheet(
    `Marks: ${lesson.title}`,
    html`<h1>Marks: ${lesson.title}</h1>
      <p>${all.length} handed in. Answers were run under ${isolation}.</p>
      ${plot(all)}
      <h2>All</h2>
      ${marksTable(all, link)}
      <h2>The commonest mistakes</h2>
      ${mistakesTable(all, link)}
      <h2>Alike</h2>
      <p>
        Pairs whose programs have the same form, whatever names they use. Short correct answers are
        often alike by chance: look before you judge.
      </p>
      <table>
        ${pairs.slice(0, most).map(
          ({ learners: [one, other], likeness }) =>
            html`<tr>
              <td>${link(one)}</td>
              <td>${link(other)}</td>
              <td>${Math.round(100 * likeness)} %</td>
            </tr>`,
        )}
      </table>
      ${pairs.length === 0 && html`<p>None.</p>`}
      <h2>Worth a look</h2>
      <p>No answer in this course needs any of this. It has not changed any mark.</p>
      ${suspicious.length === 0 && html`<p>None.</p>`}
      <table>
        ${suspicious.map(
          ({ learner, marks }) =>
            html`<tr>
              <td>${link(learner)}</td>
              <td>${marks.suspicious.join(', ')}</td>
            </tr>`,
        )}
      </table>`,
  );
}

/** How many have got nothing, a part or all of each exercise's points. */
function plot(all: readonly Marked[]): Html {
  const shares = ['none', 'some', 'all'] as const;
  const shareOf = (earned: number, points: number) =>
    earned === 0 ? 'none' : earned < points ? 'some' : 'all';
  const marks = all.map(({ marks: { checks } }) => byExercise(checks));
  const cells = (marks[0] ?? []).flatMap(({ exercise }) =>
    shares.map((share) => ({
      row: exercise,
      column: share,
      value: marks.filter((one) =>
        one.some(
          (mark) => mark.exercise === exercise && shareOf(mark.earned, mark.points) === share,
        ),
      ).length,
    })),
  );
  const specification = heatTable(cells, {
    title: 'How many got none, some or all of the points',
    rowTitle: 'exercise',
    columnTitle: 'points',
    scale: 'whole table',
  });
  const data = Buffer.from(renderSvg(specification)).toString('base64');
  return html`<img alt="${specification.description}" src="data:image/svg+xml;base64,${data}" />`;
}

function marksTable(all: readonly Marked[], link: (learner: string) => Html): Html {
  const exercises = byExercise(all[0]?.marks.checks ?? []);
  return html`<table>
    <tr>
      <th>learner</th>
      <th>points</th>
      ${exercises.map(({ exercise, points }) => html`<th>${exercise} (${points})</th>`)}
    </tr>
    ${all.map(
      ({ learner, marks: { checks } }) =>
        html`<tr>
          <td>${link(learner)}</td>
          <td>${totalOf(checks).earned}</td>
          ${byExercise(checks).map(({ earned }) => html`<td>${earned}</td>`)}
        </tr>`,
    )}
  </table>`;
}

function mistakesTable(all: readonly Marked[], link: (learner: string) => Html): Html {
  return html`<table>
    ${commonMistakes(all)
      .slice(0, most)
      .map(
        ({ exercise, message, learners }) =>
          html`<tr>
            <td>${learners.length}</td>
            <td>${exercise}</td>
            <td>${message}</td>
            <td>${learners.slice(0, 5).map(link)}</td>
          </tr>`,
      )}
  </table>`;
}
