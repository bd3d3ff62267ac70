import type { LiveCell } from './live-cell.js';
import { notify } from './notices.js';

/** Where the other one of two texts for a cell comes from. */
const sentences = {
  anotherTab: 'In another tab, something else was typed into this cell.',
  before: 'You had typed something else into this cell before.',
  lastMoment: 'Just before you left this page, you typed something else into this cell.',
} as const;

export interface Choice {
  /** The cell shall have the other text. */
  readonly take: () => void;
  /** It shall have the one that it has. */
  readonly keep: () => void;
}

/** @returns the question, as long as it is in the page */
export function askWhich(
  cell: LiveCell,
  other: keyof typeof sentences,
  { take, keep }: Choice,
): HTMLElement {
  return notify(cell.notices, sentences[other], [
    { text: 'Use that text', run: take },
    { text: 'Keep what is here', run: keep },
  ]);
}

/** Both texts stay to be had until the learner has chosen. */
export function tellOfChange(cell: LiveCell, mine: string, onChosen: () => void): void {
  const isMine = cell.text === mine;
  notify(
    cell.notices,
    `The lesson has changed this cell since you typed in it. ${isMine ? 'This is your text.' : 'This is the new one.'}`,
    [
      {
        text: isMine ? 'Show the new one' : 'Show mine',
        run: () => {
          cell.text = isMine ? cell.original : mine;
          tellOfChange(cell, mine, onChosen);
        },
      },
      { text: 'Keep this one', run: onChosen },
    ],
  );
}
