import type { Achievements } from './achievements.js';
import type { Drafts } from './drafts.js';
import type { LiveCell } from './live-cell.js';
import type { LiveLesson } from './live-lesson.js';
import { notify } from './notices.js';

export interface StartOverOptions {
  readonly lesson: LiveLesson;
  readonly drafts: Drafts;
  readonly achievements: Achievements;
}

/** Gives a cell back as the lesson has it, an exercise without its points; that can be undone. */
export async function startOver(cell: LiveCell, options: StartOverOptions): Promise<void> {
  const { lesson } = options;
  const checks = cell.kind === 'exercise' ? lesson.checksOf(cell) : [];
  const bringBack = await reset([cell, ...checks], options);
  notify(cell.notices, 'This is the text of the lesson.', [
    { text: 'Bring my text back', run: bringBack },
    { text: 'Close', run: () => undefined },
  ]);
}

/** Asks, and then gives all cells back as the lesson has them. */
export function startLessonOver(options: StartOverOptions): void {
  const { lesson } = options;
  const all = async () => {
    const bringBack = await reset(lesson.cells, options);
    await lesson.restart();
    notify(lesson.notices, 'The lesson starts over.', [
      { text: 'Bring everything back', run: bringBack },
      { text: 'Close', run: () => undefined },
    ]);
  };
  notify(
    lesson.notices,
    'Everything that you have typed in this lesson is removed, and so are its points.',
    [
      { text: 'Start over', run: () => void all() },
      { text: 'Leave it', run: () => undefined },
    ],
  );
}

async function reset(
  cells: readonly LiveCell[],
  { drafts, achievements }: StartOverOptions,
): Promise<() => void> {
  const edited = cells.filter(({ isEdited }) => isEdited);
  const texts = edited.map(({ text }) => text);
  for (const cell of edited) drafts.put(cell, cell.original);
  for (const cell of cells) cell.forget();
  const giveAgain = await achievements.forget(cells);
  return () => {
    for (const [i, cell] of edited.entries()) drafts.put(cell, texts[i] ?? cell.text);
    void giveAgain();
  };
}
