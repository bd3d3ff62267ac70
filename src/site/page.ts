import { cellNames } from '../lessons/cell-names.js';
import type { Lesson, LessonPart } from '../lessons/lesson.js';
import { toAssignment } from '../lessons/to-assignment.js';
import { formatNotebook } from '../notebook/files.js';
import type { Cell, Notebook } from '../notebook/notebook.js';
import { renderCell, type Rendered } from './cell.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { renderMarkdown, type Section } from './markdown.js';
import { foldedContents, neighbourHints, neighbourLinks, sidebar } from './navigation.js';
import type { SiteFile } from './site-files.js';
import { isPending, type LessonState } from './state.js';

/**
 * A lesson's page, and the files beside it.
 *
 * @param lessons the course's, in their order
 * @param notebook the solved notebook, with outputs where it has been run; its cells are the lesson's parts
 * @throws Error that names the lesson, if a text has a formula that is none.
 */
export function renderPage(
  lesson: Lesson,
  notebook: Notebook,
  state: LessonState,
  lessons: readonly Lesson[],
): SiteFile[] {
  const sections: Section[] = [];
  const place = { lesson, lessons };
  const names = cellNames(lesson.parts);
  const parts = lesson.parts.map((part, i) =>
    renderPart(part, {
      slug: lesson.slug,
      cell: notebook.cells[i],
      name: names[i] ?? '',
      sections,
    }),
  );
  const page = layout({
    title: lesson.title,
    head: html`${neighbourHints(place)}`,
    attributes: html`data-lesson="${lesson.slug}" data-status="${state.status}"`,
    sidebar: sidebar(sections, place),
    main: html`${foldedContents(sections, place)}
      ${neighbourLinks(place, 'Lessons before and after')} ${banner(state)}
      <article>${parts.map((part) => part.html)}</article>
      ${finish}${neighbourLinks(place, 'Go on')}`,
  });
  const files = parts.flatMap((part) => part.files);
  return [{ path: `${lesson.slug}.html`, content: page }, notebookFile(lesson), ...files];
}

/** What the learner can take away, and the page's script fills with answers. */
function notebookFile(lesson: Lesson): SiteFile {
  const content = formatNotebook(toAssignment(lesson, 'learner'));
  return { path: `notebooks/${lesson.slug}.ipynb`, content };
}

/** The page's script shows it where the browser can remember what is done. */
const finish = html`<p id="page-finish" hidden>
  <label><input id="page-done" type="checkbox" /> I have done this lesson</label>
</p>`;

function banner(state: LessonState): Html | undefined {
  if (isPending(state)) {
    return html`<p class="banner" role="status">
      This lesson has not run to its end yet; you can read it already. Its outputs will appear by
      themselves.
      <span id="page-progress"></span>
    </p>`;
  }
  if (state.status === 'unrun') {
    return html`<p class="banner">
      This lesson has not been run yet: to see the outputs of its cells, run them here or with
      <code>npm start</code>.
    </p>`;
  }
  if (state.status === 'failed') {
    return html`<p class="banner failed" role="alert">
      This lesson did not run to its end. ${state.problem}
    </p>`;
  }
  return undefined;
}

interface PartOptions {
  readonly slug: string;
  /** The part's cell in the notebook. */
  readonly cell: Cell | undefined;
  readonly name: string;
  /** Those of the page so far. */
  readonly sections: Section[];
}

function renderPart(part: LessonPart, { slug, cell, name, sections }: PartOptions): Rendered {
  try {
    if (part.kind === 'text') return { html: renderMarkdown(part.markdown, sections), files: [] };
    const outputs = cell?.cell_type === 'code' ? cell.outputs : [];
    const id = cell?.id ?? '';
    return renderCell(part, outputs, { name, id, path: `plots/${slug}-${id}` });
  } catch (error) {
    throw new Error(`Lesson ${slug}: ${(error as Error).message}`, { cause: error });
  }
}
