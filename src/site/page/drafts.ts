import { newId } from '../../kernel/message.js';
import { askWhich, tellOfChange } from './draft-questions.js';
import type { LiveCell } from './live-cell.js';
import { matchDrafts, type MatchedDrafts } from './match-drafts.js';
import type { Draft, Store } from './store.js';
import { forgetUnsaved, keepUnsaved, readUnsaved, type Unsaved } from './unsaved.js';

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
  /** Tells what this page could not keep any more from what others could not. */
  readonly #page = newId();
  /** Of each cell, which of the texts that are kept is the one here. */
  readonly #revisions = new Map<string, string>();
  readonly #timers = new Map<LiveCell, ReturnType<typeof setTimeout>>();
  /** Of cells whose texts are to be chosen from, what asks; until then, what is typed replaces nothing. */
  readonly #disputed = new Map<LiveCell, HTMLElement>();
  #loading: Promise<readonly Draft[]> | undefined;

  constructor({ store, lesson, cells }: DraftsOptions) {
    this.#store = store;
    this.#lesson = lesson;
    this.#cells = cells;
    store.onChange(() => void this.#lookForOthers());
    addEventListener('pagehide', () => {
      for (const cell of new Set([...this.#timers.keys(), ...this.#disputed.keys()])) {
        const { name, text, original } = cell;
        const draft = { original, text, revision: this.#revisionOf(cell) };
        keepUnsaved(lesson, { page: this.#page, name, draft });
      }
    });
    addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.#goOn();
    });
  }

  /**
   * Puts what is kept into the cells, once.
   *
   * @returns what belongs to cells that the lesson no longer has
   */
  load(): Promise<readonly Draft[]> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** Sets a cell's text, and keeps it. */
  put(cell: LiveCell, text: string): void {
    cell.text = text;
    this.edited(cell);
  }

  /** Keeps a cell's text, soon. */
  edited(cell: LiveCell): void {
    const question = this.#disputed.get(cell);
    if (question) {
      // Other notices may have pushed it out.
      if (!question.isConnected) this.#ask(cell, 'anotherTab');
      return;
    }
    clearTimeout(this.#timers.get(cell));
    const timer = setTimeout(() => {
      void this.#save(cell);
    }, pause);
    this.#timers.set(cell, timer);
  }

  #revisionOf({ name }: LiveCell): string {
    return this.#revisions.get(name) ?? '';
  }

  async #load(): Promise<readonly Draft[]> {
    const { same, changed, left } = await this.#matchKept();
    for (const cell of this.#cells) {
      const draft = same.get(cell.name) ?? changed.get(cell.name);
      if (draft) this.#show(cell, draft, changed.has(cell.name));
    }
    return [...left, ...this.#takeUnsaved()];
  }

  /** Finds the drafts' cells, and keeps each draft under the name that its cell has today. */
  async #matchKept(): Promise<MatchedDrafts> {
    const { drafts } = await this.#store.read(this.#lesson);
    let matched = matchDrafts(this.#cells, drafts);
    const hasMoved = Object.entries(matched.kept).some(([name, draft]) => drafts[name] !== draft);
    if (!hasMoved) return matched;
    await this.#store.change(this.#lesson, (record) => {
      matched = matchDrafts(this.#cells, record.drafts);
      return { ...record, drafts: matched.kept };
    });
    return matched;
  }

  #show(cell: LiveCell, draft: Draft, isChanged: boolean): void {
    // Whoever was quicker than the database has not seen the draft.
    if (cell.isEdited && cell.text !== draft.text) {
      this.#ask(cell, 'before');
      return;
    }
    cell.text = draft.text;
    this.#revisions.set(cell.name, draft.revision);
    if (!isChanged) return;
    tellOfChange(cell, draft.text, () => {
      this.edited(cell);
    });
  }

  /** @returns what belongs to cells that the lesson no longer has */
  #takeUnsaved(): readonly Draft[] {
    const left: Draft[] = [];
    for (const unsaved of readUnsaved(this.#lesson)) {
      const { name, draft } = unsaved;
      const { same, changed } = matchDrafts(this.#cells, { [name]: draft });
      const cell = this.#cells.find(({ name }) => same.has(name) || changed.has(name));
      if (cell) this.#putUnsaved(cell, unsaved);
      else left.push(draft);
    }
    return left;
  }

  /** Puts it into its cell, if nothing was typed there since; else it stays until the learner has chosen. */
  #putUnsaved(cell: LiveCell, { page, name, draft }: Unsaved): void {
    const { original, text, revision } = draft;
    const keep = () => {
      forgetUnsaved(this.#lesson, page, name);
    };
    const take = () => {
      this.put(cell, text);
      keep();
    };
    const isTyped = this.#timers.has(cell) || this.#disputed.has(cell);
    const isLast = revision === this.#revisionOf(cell) && original === cell.original && !isTyped;
    if (text === cell.text) keep();
    else if (isLast) take();
    else askWhich(cell, 'lastMoment', { take, keep });
  }

  async #save(cell: LiveCell): Promise<void> {
    await this.load();
    if (this.#disputed.has(cell)) return;
    const { name, text, original } = cell;
    const revision = newId();
    // The same, unless another tab has kept another one that is not known here.
    let kept: string | undefined;
    await this.#store.change(this.#lesson, (record) => {
      const { [name]: stored, ...drafts } = record.drafts;
      const isOthers = (stored?.revision ?? '') !== this.#revisionOf(cell);
      kept = isOthers ? (stored?.text ?? original) : text;
      if (kept !== text) return record;
      if (text === original) return { ...record, drafts };
      return { ...record, drafts: { ...drafts, [name]: { original, text, revision } } };
    });
    if (kept !== text) this.#ask(cell, 'anotherTab');
    else this.#revisions.set(name, text === original ? '' : revision);
    // What was typed meanwhile has a timer of its own.
    if (cell.text !== text) return;
    this.#timers.delete(cell);
    if (kept === text) forgetUnsaved(this.#lesson, this.#page, name);
  }

  /** Goes on where the browser had kept the page: its timers do, too. */
  #goOn(): void {
    for (const { name } of this.#cells) forgetUnsaved(this.#lesson, this.#page, name);
    void this.#lookForOthers();
  }

  /** Another tab has kept something: what is not being typed here is taken over. */
  async #lookForOthers(): Promise<void> {
    await this.load();
    const { drafts } = await this.#store.read(this.#lesson);
    const revisions = new Set(Object.values(drafts).map(({ revision }) => revision));
    for (const cell of this.#cells) {
      // Whoever types here is asked when that is to be kept.
      if (this.#timers.has(cell) || this.#disputed.has(cell)) continue;
      const { original: today } = cell;
      const { revision = '', text = today, original = today } = drafts[cell.name] ?? {};
      const known = this.#revisionOf(cell);
      if (revision === known) continue;
      // Another version of the lesson has the name for another cell.
      if (revisions.has(known) || original !== today) continue;
      this.#revisions.set(cell.name, revision);
      if (text !== cell.text) cell.text = text;
    }
  }

  /** Lets the learner choose between what is here and what is kept. */
  #ask(cell: LiveCell, other: 'anotherTab' | 'before'): void {
    clearTimeout(this.#timers.get(cell));
    this.#timers.delete(cell);
    const settle = async () => {
      const { drafts } = await this.#store.read(this.#lesson);
      const stored = drafts[cell.name];
      this.#revisions.set(cell.name, stored?.revision ?? '');
      this.#disputed.delete(cell);
      return stored?.text ?? cell.original;
    };
    const question = askWhich(cell, other, {
      take: () =>
        void settle().then((text) => {
          cell.text = text;
        }),
      keep: () =>
        void settle().then(() => {
          this.edited(cell);
        }),
    });
    this.#disputed.set(cell, question);
  }
}
