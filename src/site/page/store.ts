import { createStore, entries, get, update, type UseStore } from 'idb-keyval';

/** What the browser keeps of a lesson. */
export interface LessonRecord {
  /** What the learner has typed, by the cell's name. */
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Points that were got, by the check's name. */
  readonly points: Readonly<Record<string, number>>;
  /** Exercises whose check was run on an answer. */
  readonly tried: readonly string[];
  readonly status?: 'read' | 'done' | undefined;
}

export interface Draft {
  /** What the lesson said when it was typed. */
  readonly original: string;
  readonly text: string;
  /** Which of several tabs' texts this is. */
  readonly revision: string;
}

const empty: LessonRecord = { drafts: {}, points: {}, tried: [] };

type Change = (record: LessonRecord) => LessonRecord;

const fullSentence =
  'The browser has no room left for what you type here. Download the lesson as a notebook before you leave.';
const forbiddenSentence =
  'The browser keeps nothing for this page: what you type is lost when you leave. Download the lesson as a notebook before that.';

/** What the browser keeps for the course; where it keeps nothing, it lasts until the page is left. */
export class Store {
  /** Told in a sentence if something could not be kept. */
  onProblem: (sentence: string) => void = () => undefined;
  /** Whether anything is kept at all. */
  isKept = true;
  readonly #channel = openChannel();
  readonly #memory = new Map<string, LessonRecord>();
  #database: UseStore | undefined;

  /** Calls back when another page has kept something. */
  onChange(listener: () => void): void {
    this.#channel?.addEventListener('message', listener);
  }

  async read(lesson: string): Promise<LessonRecord> {
    const kept = await this.#try((database) => get<LessonRecord>(lesson, database));
    return { ...empty, ...(this.#memory.get(lesson) ?? kept) };
  }

  async readAll(): Promise<ReadonlyMap<string, LessonRecord>> {
    const kept = (await this.#try((database) => entries<string, LessonRecord>(database))) ?? [];
    const all = kept.map(([lesson, record]) => [lesson, { ...empty, ...record }] as const);
    return new Map([...all, ...this.#memory]);
  }

  /** Changes what is kept of a lesson, whatever other pages do meanwhile. */
  async change(lesson: string, change: Change): Promise<void> {
    // What there was no room for before comes first.
    const before = this.#memory.get(lesson);
    const isKept = await this.#try(async (database) => {
      const changed = (kept?: LessonRecord) => change({ ...empty, ...(before ?? kept) });
      await update<LessonRecord>(lesson, changed, database);
      return true;
    });
    if (isKept) this.#memory.delete(lesson);
    else this.#memory.set(lesson, change(await this.read(lesson)));
    this.#channel?.postMessage(lesson);
  }

  async #try<T>(action: (database: UseStore) => Promise<T>): Promise<T | undefined> {
    if (!this.isKept) return undefined;
    try {
      this.#database ??= createStore('inception-lab', 'lessons');
      return await action(this.#database);
    } catch (error) {
      const isFull = (error as Error).name === 'QuotaExceededError';
      if (!isFull) this.isKept = false;
      this.onProblem(isFull ? fullSentence : forbiddenSentence);
      return undefined;
    }
  }
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel('inception-lab');
  } catch {
    return undefined; // A page without an origin of its own has nobody to tell.
  }
}
