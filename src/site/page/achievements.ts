import { announce } from './announce.js';
import { make } from './dom.js';
import type { LiveCell } from './live-cell.js';
import type { LiveLesson } from './live-lesson.js';
import { countPoints, showPoints } from './points.js';
import { refreshProgress } from './progress.js';
import type { LessonRecord, Store } from './store.js';

export interface AchievementsOptions {
  readonly store: Store;
  /** The lesson's slug. */
  readonly slug: string;
  readonly lesson: LiveLesson;
}

/** What the learner has got: points, and the right to see solutions. */
export class Achievements {
  /** How far the learner is in the lesson: `'2 of 6 points'`. */
  readonly element = make('span', { class: 'lesson-points' });
  readonly #store: Store;
  readonly #slug: string;
  readonly #lesson: LiveLesson;
  #tried: ReadonlySet<string> = new Set();
  /** What the checks have found wrong in the answers as they were last run. */
  readonly #problems = new Map<LiveCell, string>();

  constructor({ store, slug, lesson }: AchievementsOptions) {
    this.#store = store;
    this.#slug = slug;
    this.#lesson = lesson;
  }

  /** Shows what was got before. */
  async load(): Promise<void> {
    const record = await this.#store.read(this.#slug);
    this.#tried = new Set(record.tried);
    this.element.textContent = showPoints(this.#lesson, record, this.#problems);
  }

  /** Whether an answer of the learner's has been checked. */
  hasTried(exercise: LiveCell): boolean {
    return this.#tried.has(exercise.name);
  }

  /** Takes in what a check has found: its problem, or none. */
  async take(check: LiveCell, exercise: LiveCell, problem: string | undefined): Promise<void> {
    const tried = exercise.isEdited ? [exercise.name] : [];
    if (problem === undefined) this.#problems.delete(check);
    else this.#problems.set(check, problem);
    await this.#change((record) => {
      const points = { ...record.points, [check.name]: check.points };
      return { ...addTried(record, tried), ...(problem === undefined && { points }) };
    });
    if (problem !== undefined) return;
    const got = check.points === 0 ? '' : `: ${countPoints(check.points)}`;
    announce(`Right${got}. ${this.element.textContent} in this lesson.`);
  }

  /**
   * Takes back what was got with these cells.
   *
   * @returns what gives it again
   */
  async forget(cells: readonly LiveCell[]): Promise<() => Promise<void>> {
    for (const cell of cells) this.#problems.delete(cell);
    const names = new Set(cells.map(({ name }) => name));
    let [points, tried]: [[string, number][], string[]] = [[], []];
    // By their names: what belongs to other cells may change before this is undone.
    await this.#change((record) => {
      points = Object.entries(record.points).filter(([name]) => names.has(name));
      tried = record.tried.filter((name) => names.has(name));
      const left = Object.entries(record.points).filter(([name]) => !names.has(name));
      return {
        ...record,
        tried: record.tried.filter((name) => !names.has(name)),
        points: Object.fromEntries(left),
      };
    });
    return () =>
      this.#change((record) => ({
        ...addTried(record, tried),
        points: { ...record.points, ...Object.fromEntries(points) },
      }));
  }

  async #change(change: (record: LessonRecord) => LessonRecord): Promise<void> {
    await this.#store.change(this.#slug, change);
    await this.load();
    await refreshProgress(this.#store);
  }
}

function addTried(record: LessonRecord, names: readonly string[]): LessonRecord {
  return { ...record, tried: [...new Set([...record.tried, ...names])] };
}
