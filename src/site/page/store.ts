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
  'The browser keeps nothing for this page: what you type is lost when you leave. Download the lesson as a notebook first.';

/** What the browser keeps for the course; where it keeps nothing, it lasts until the page is left. */
export class Store {
  /** Told in a sentence if something could not be kept. */
  onProblem: (sentence: string) => void = () => undefined;
  /** Whether anything is kept at all. */
  isKept = true;
  readonly #channel = openChannel();
  /** As the database was last seen to have it: it may fail at any time. */
  readonly #seen = new Map<string, LessonRecord>();
  /** What it has not taken. */
  readonly #memory = new Map<string, LessonRecord>();
  #database: UseStore | undefined;

  /** Calls back when another page has kept something. */
  onChange(listener: () => void): void {
    this.#channel?.addEventListener('message', listener);
  }

  async read(lesson: string): Promise<LessonRecord> {
    await this.#try(async (database) => {
      this.#see(lesson, await get<LessonRecord>(lesson, database));
    });
    return this.#memory.get(lesson) ?? this.#seen.get(lesson) ?? empty;
  }

  async readAll(): Promise<ReadonlyMap<string, LessonRecord>> {
    await this.#try(async (database) => {
      const kept = await entries<string, LessonRecord>(database);
      for (const [lesson, record] of kept) this.#see(lesson, record);
    });
    return new Map([...this.#seen, ...this.#memory]);
  }

  /** Changes what is kept of a lesson, whatever other pages do meanwhile. */
  async change(lesson: string, change: Change): Promise<void> {
    // What there was no room for before comes first.
    const before = this.#memory.get(lesson);
    const changed = await this.#try(async (database) => {
      let record = empty;
      const changeKept = (kept?: LessonRecord) => {
        record = change({ ...empty, ...(before ?? kept) });
        return record;
      };
      await update<LessonRecord>(lesson, changeKept, database);
      return record;
    });
    if (changed) {
      this.#memory.delete(lesson);
      this.#see(lesson, changed);
    } else this.#memory.set(lesson, change(await this.read(lesson)));
    this.#channel?.postMessage(lesson);
  }

  #see(lesson: string, record?: LessonRecord): void {
    this.#seen.set(lesson, { ...empty, ...record });
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
