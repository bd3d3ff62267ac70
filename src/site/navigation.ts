import { coursePartsOf } from '../lessons/course-parts.js';
import type { Lesson } from '../lessons/lesson.js';
import { factsOf } from './facts.js';
import { html, type Html } from './html.js';
import type { Section } from './markdown.js';

/** A lesson among the others. */
export interface Place {
  readonly lessons: readonly Lesson[];
  readonly lesson: Lesson;
}

/** A lesson's sections and the course's lessons, at the page's side. */
export function sidebar(sections: readonly Section[], place: Place): Html {
  return html`<div class="sidebar">${contents(sections, place)}</div>`;
}

/** The same above the text, folded, for pages without room at the side: one of the two is shown. */
export function foldedContents(sections: readonly Section[], place: Place): Html {
  return html`<details class="folded-contents">
    <summary>Contents</summary>
    ${contents(sections, place)}
  </details>`;
}

/** Links to the lessons before and after. */
export function neighbourLinks(place: Place, label: string): Html | undefined {
  const { previous, next } = neighboursOf(place);
  if (!previous && !next) return undefined;
  const link = (lesson: Lesson | undefined, rel: string) =>
    lesson && html`<a rel="${rel}" href="${lesson.slug}.html">${lesson.title}</a>`;
  return html`<nav class="neighbours" aria-label="${label}">
    ${link(previous, 'prev')}${link(next, 'next')}
  </nav>`;
}

/** The same for programs: what a browser may fetch ahead. */
export function neighbourHints(place: Place): Html[] {
  const { previous, next } = neighboursOf(place);
  const hint = (lesson: Lesson | undefined, rel: string) =>
    lesson ? [html`<link rel="${rel}" href="${lesson.slug}.html" />`] : [];
  return [...hint(previous, 'prev'), ...hint(next, 'next')];
}

/** What the page's script fills with how far the learner is: points, and read or done. */
export function progressMark(lesson: Lesson): Html {
  const { points } = factsOf(lesson);
  return html`<span
    class="progress-mark"
    data-progress="${lesson.slug}"
    data-points="${points}"
  ></span>`;
}

function contents(sections: readonly Section[], place: Place): Html {
  const inLesson = sections.filter(({ level }) => level === 2 || level === 3);
  return html`<nav aria-label="In this lesson">
      <p class="nav-title">In this lesson</p>
      <ul>
        ${inLesson.map(
          ({ id, level, title }) =>
            html`<li class="level-${level}"><a href="#${id}">${title}</a></li>`,
        )}
      </ul>
    </nav>
    <nav aria-label="Lessons">
      ${coursePartsOf(place.lessons).map(
        (part) =>
          html`<p class="nav-title">${part.title}</p>
            <ol>
              ${part.lessons.map((lesson) => lessonItem(lesson, lesson === place.lesson))}
            </ol>`,
      )}
    </nav>`;
}

function lessonItem(lesson: Lesson, isCurrent: boolean): Html {
  return html`<li value="${Number(lesson.slug.slice(0, 2))}">
    <a href="${lesson.slug}.html" ${isCurrent && html`aria-current="page"`}>${lesson.title}</a>
    ${progressMark(lesson)}
  </li>`;
}

function neighboursOf({ lessons, lesson }: Place): Record<'previous' | 'next', Lesson | undefined> {
  const position = lessons.indexOf(lesson);
  return { previous: lessons[position - 1], next: lessons[position + 1] };
}
