import type { LiveCell } from './live-cell.js';
import { matchDrafts } from './match-drafts.js';
import { notify } from './notices.js';
import { newId } from '../../kernel/message.js';
import type { Draft, Store } from './store.js';
import { keepUnsaved, takeUnsaved } from './unsaved.js';

/** Milliseconds after the last key until the text is kept. */
const pause = 300;

export interface DraftsOptions {
  readonly store: Store;
  readonly lesson: string;
  readonly cells: readonly LiveCell[];
}

/** Keeps what the learner types, over reloads, other tabs and new versions of the lesson. */
export class Drafts {
  readonly #store: Store;
  readonly #lesson: string;
  readonly #cells: readonly LiveCell[];
  /** Of each cell, which of the texts that are kept is the one here. */
  readonly #revisions = new Map<string, string>();
  readonly #timers = new Map<LiveCell, ReturnType<typeof setTimeout>>();
  /** Cells about which the learner is asked. */
  readonly #disputed = new Set<LiveCell>();

  constructor({ store, lesson, cells }: DraftsOptions) {
    this.#store = store;
    this.#lesson = lesson;
    this.#cells = cells;
    store.onChange(() => void this.#lookForOthers());
    addEventListener('pagehide', () => {
      const texts = [...this.#timers.keys()].map(({ name, text }) => [name, text] as const);
      if (texts.length > 0) keepUnsaved(lesson, new Map(texts));
    });
  }

  /**
   * Puts what is kept into the cells.
   *
   * @returns what belongs to cells that the lesson no longer has
   */
  async load(): Promise<readonly Draft[]> {
    const { drafts } = await this.#store.read(this.#lesson);
    const { same, changed, left } = matchDrafts(this.#cells, drafts);
    for (const cell of this.#cells) {
      const draft = same.get(cell.name) ?? changed.get(cell.name);
      if (!draft) continue;
      // Whoever was quicker than the database keeps what is typed.
      if (!cell.isEdited) cell.text = draft.text;
      this.#revisions.set(cell.name, drafts[cell.name]?.revision ?? '');
      if (changed.has(cell.name)) this.#tellOfChange(cell, draft);
    }
    for (const [name, text] of takeUnsaved(this.#lesson)) {
      const cell = this.#cells.find((cell) => cell.name === name);
      if (cell) this.put(cell, text);
    }
    return left;
  }

  /** Sets a cell's text, and keeps it. */
  put(cell: LiveCell, text: string): void {
    cell.text = text;
    this.edited(cell);
  }

  /** Keeps a cell's text, soon. */
  edited(cell: LiveCell): void {
    if (this.#disputed.has(cell)) return;
    clearTimeout(this.#timers.get(cell));
    const timer = setTimeout(() => {
      void this.#save(cell);
    }, pause);
    this.#timers.set(cell, timer);
  }

  async #save(cell: LiveCell): Promise<void> {
    const { name, text, original } = cell;
    const revision = newId();
    const known = this.#revisions.get(name) ?? '';
    let other: string | undefined;
    await this.#store.change(this.#lesson, (record) => {
      const { [name]: stored, ...drafts } = record.drafts;
      const isOthers = (stored?.revision ?? '') !== known;
      other = isOthers ? (stored?.text ?? original) : undefined;
      if (other !== undefined && other !== text) return record;
      if (text === original) return { ...record, drafts };
      return { ...record, drafts: { ...drafts, [name]: { original, text, revision } } };
    });
    if (other !== undefined && other !== text) this.#ask(cell);
    else this.#revisions.set(name, text === original ? '' : revision);
    // What was typed meanwhile has a timer of its own.
    if (cell.text === text) this.#timers.delete(cell);
  }

  /** Another tab has kept something: of a cell that is open here, too? */
  async #lookForOthers(): Promise<void> {
    const { drafts } = await this.#store.read(this.#lesson);
    for (const cell of this.#cells) {
      const { revision = '', text = cell.original } = drafts[cell.name] ?? {};
      if (revision === (this.#revisions.get(cell.name) ?? '')) continue;
      if (text === cell.text) this.#revisions.set(cell.name, revision);
      else this.#ask(cell);
    }
  }

  #ask(cell: LiveCell): void {
    this.#disputed.add(cell);
    const settle = (isTaken: boolean) => async () => {
      const { drafts } = await this.#store.read(this.#lesson);
      const stored = drafts[cell.name];
      this.#revisions.set(cell.name, stored?.revision ?? '');
      this.#disputed.delete(cell);
      if (isTaken) cell.text = stored?.text ?? cell.original;
      else this.edited(cell);
    };
    notify(cell.notices, 'In another tab, something else was typed into this cell.', [
      { text: 'Take it over', run: () => void settle(true)() },
      { text: 'Keep what is here', run: () => void settle(false)() },
    ]);
  }

  /** Both texts stay to be had until the learner has chosen. */
  #tellOfChange(cell: LiveCell, draft: Draft): void {
    const isMine = cell.text === draft.text;
    notify(
      cell.notices,
      `The lesson has changed this cell since you typed in it. ${isMine ? 'This is your text.' : 'This is the new one.'}`,
      [
        {
          text: isMine ? 'Show the new one' : 'Show mine',
          run: () => {
            cell.text = isMine ? cell.original : draft.text;
            this.#tellOfChange(cell, draft);
          },
        },
        {
          text: 'Keep this one',
          run: () => {
            this.edited(cell);
          },
        },
      ],
    );
  }
}
