import type { Notebook } from '../../notebook/notebook.js';
import type { Drafts } from './drafts.js';
import { button, make } from './dom.js';
import type { LiveLesson } from './live-lesson.js';
import { answersIn, fillNotebook } from './notebook-file.js';
import { notify } from './notices.js';

export interface LessonMenuOptions {
  readonly slug: string;
  readonly lesson: LiveLesson;
  readonly drafts: Drafts;
  readonly onStartOver: () => void;
}

/** What can be done with the lesson as a whole. */
export function lessonMenu(options: LessonMenuOptions): HTMLElement {
  const { slug, lesson, onStartOver } = options;
  const report = (error: unknown) => {
    notify(lesson.notices, (error as Error).message);
  };
  const field = make('input', { attributes: { type: 'file', accept: '.ipynb', hidden: '' } });
  field.addEventListener('change', () => {
    const [file] = field.files ?? [];
    if (file) void bringIn(file, options).catch(report);
    field.value = '';
  });
  const act = (text: string, run: () => void) =>
    button(text, () => {
      details.open = false;
      run();
    });
  const items = make(
    'div',
    {},
    act('Run all cells', () => {
      lesson.runAll();
    }),
    act('Download as a notebook', () => void takeAway(slug, lesson).catch(report)),
    act('Load answers from a notebook', () => {
      field.click();
    }),
    act('Start the lesson over', onStartOver),
    field,
  );
  const summary = make('summary', { text: 'Lesson' });
  const details = make('details', { class: 'lesson-menu' }, summary, items);
  details.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    details.open = false;
    summary.focus();
  });
  return details;
}

async function takeAway(slug: string, { cells }: LiveLesson): Promise<void> {
  const response = await fetch(`notebooks/${slug}.ipynb`).catch(() => undefined);
  if (response?.ok !== true) {
    throw new Error('The lesson’s notebook is not available just now: the server does not answer.');
  }
  const notebook = fillNotebook((await response.json()) as Notebook, cells);
  const file = new Blob([`${JSON.stringify(notebook, null, 1)}\n`], {
    type: 'application/x-ipynb+json',
  });
  const address = URL.createObjectURL(file);
  make('a', { attributes: { href: address, download: `${slug}.ipynb` } }).click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

async function bringIn(file: File, { lesson, drafts }: LessonMenuOptions): Promise<void> {
  const answers = answersIn(await file.text(), file.name, lesson.cells);
  const changed = lesson.cells.filter(({ name }) => answers.has(name));
  const before = changed.map(({ text }) => text);
  for (const cell of changed) drafts.put(cell, answers.get(cell.name) ?? cell.text);
  if (changed.length === 0) {
    notify(lesson.notices, `“${file.name}” has the same text in every cell as this page.`);
    return;
  }
  const cells = changed.length === 1 ? 'One cell has' : `${changed.length} cells have`;
  notify(lesson.notices, `${cells} now the text of “${file.name}”.`, [
    {
      text: 'Undo',
      run: () => {
        for (const [i, cell] of changed.entries()) drafts.put(cell, before[i] ?? cell.text);
      },
    },
    { text: 'Close', run: () => undefined },
  ]);
}
