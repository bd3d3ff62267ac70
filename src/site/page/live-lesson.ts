import { announce } from './announce.js';
import type { Computer } from './computer.js';
import { make } from './dom.js';
import type { LanguageService } from './editor.js';
import { LiveCell } from './live-cell.js';
import { notify, noticePlace, type NoticeAction } from './notices.js';
import type { Executed } from './notebook-client.js';
import { RunQueue } from './run-queue.js';
import { whenNear } from './when-near.js';

export interface LessonHandlers {
  readonly onEdit: (cell: LiveCell) => void;
  readonly onStartOver: (cell: LiveCell) => void;
  /** Told of each cell that begins to run, and with `undefined` of its end. */
  readonly onRunning: (cell: LiveCell | undefined) => void;
  /** Told of each check that was run: on which answer, and what it found wrong, if anything. */
  readonly onCheck: (check: LiveCell, exercise: LiveCell, problem: string | undefined) => void;
}

/** The lesson's cells, and what the learner does with them. */
export class LiveLesson {
  readonly cells: readonly LiveCell[];
  /** For what concerns the whole lesson. */
  readonly notices = noticePlace();
  readonly #computer: Computer;
  readonly #queue: RunQueue;
  readonly #handlers: LessonHandlers;

  constructor(computer: Computer, handlers: LessonHandlers) {
    this.#computer = computer;
    this.#handlers = handlers;
    this.#queue = new RunQueue({
      client: () => computer.client(),
      onRunning: handlers.onRunning,
      onRun: (cell, executed) => {
        this.#finish(cell, executed);
      },
      onFailure: (why) => {
        this.#offerStart(why);
      },
    });
    computer.onLoss = (why) => {
      this.#tellOfLoss(why);
    };
    const roots = [...document.querySelectorAll<HTMLElement>('.cell[data-cell]')];
    this.cells = roots.map((root) => new LiveCell(root, this.#cellHandlers()));
    openWhenNear(this.cells);
  }

  /** Takes over what the lesson has put out since the page was opened. */
  takeOver(name: string, outputs: readonly Node[]): void {
    this.cells.find((cell) => cell.name === name)?.takeOver(outputs);
  }

  checksOf(exercise: LiveCell): LiveCell[] {
    return this.cells.filter(
      (cell) => cell.kind === 'check' && cell.exercise === exercise.exercise,
    );
  }

  /** Runs a cell; of an exercise or a check, all that it takes to know whether the answer is right. */
  run(cell: LiveCell): void {
    void this.#queue.run(cell.kind === 'check' ? [...this.#neededFor(cell), cell] : [cell]);
  }

  /** Runs an exercise's checks, and what they need. */
  check(exercise: LiveCell): void {
    const checks = this.checksOf(exercise);
    const needed = new Set(checks.flatMap((check) => this.#neededFor(check)));
    void this.#queue.run(this.cells.filter((cell) => needed.has(cell) || checks.includes(cell)));
  }

  runAbove(cell: LiveCell): void {
    void this.#queue.run(this.#above(cell));
  }

  runAll(): void {
    void this.#queue.run(this.cells);
  }

  /** Ends what runs, and leaves out what waits. */
  stop(): void {
    this.#queue.clear();
    this.#computer.interrupt();
  }

  /** Ends the kernel, and with it all variables. */
  async restart(): Promise<void> {
    this.#queue.clear();
    await this.#computer.close();
    this.#forgetRuns();
    announce('The kernel was stopped. It restarts with the next cell that you run.');
  }

  #cellHandlers() {
    return {
      language: (cell: LiveCell) => this.#languageFor(cell),
      onEdit: (cell: LiveCell) => {
        this.#handlers.onEdit(cell);
      },
      // Whoever begins to type will want to know what the compiler says.
      onFocus: () => void this.#start(),
      onRun: (cell: LiveCell, goesOn: boolean) => {
        this.run(cell);
        if (goesOn) this.cells[this.cells.indexOf(cell) + 1]?.focus();
      },
      onRunAbove: (cell: LiveCell) => {
        this.runAbove(cell);
      },
      onCheck: (exercise: LiveCell) => {
        this.check(exercise);
      },
      onStartOver: (cell: LiveCell) => {
        this.#handlers.onStartOver(cell);
      },
    };
  }

  /** What the lesson declares before a cell; checks are nobody's business but their own. */
  #above(cell: LiveCell): LiveCell[] {
    const before = this.cells.slice(0, this.cells.indexOf(cell));
    return before.filter(({ kind }) => kind !== 'check');
  }

  /** What has not been run yet, and the exercise if it has changed since. */
  #neededFor(check: LiveCell): LiveCell[] {
    return this.#above(check).filter(
      ({ ranText, text, exercise }) =>
        ranText === undefined || (exercise === check.exercise && ranText !== text),
    );
  }

  /**
   * The compiler knows of what has been run. What has not, is put before the cell's text, so that a
   * learner who has run nothing yet is not told that everything is unknown.
   */
  #languageFor(cell: LiveCell): LanguageService {
    const prefix = () =>
      this.#above(cell)
        .filter(({ ranText }) => ranText === undefined)
        .map(({ text }) => `${text}\n;\n`)
        .join('');
    const client = () => this.#computer.client().catch(() => undefined);
    const isWanted = () => this.#computer.isOn;
    return {
      complete: async (code, place) => {
        const before = prefix();
        const found = await (await client())?.complete(before + code, before.length + place);
        if (!found) return undefined;
        const [start, end] = [found.start - before.length, found.end - before.length];
        return { matches: found.matches, start, end };
      },
      inspect: async (code, place) => {
        if (!isWanted()) return undefined;
        const before = prefix();
        return (await client())?.inspect(before + code, before.length + place);
      },
      diagnose: async (code) => {
        if (!isWanted()) return [];
        const before = prefix();
        const found = (await (await client())?.diagnose(before + code)) ?? [];
        return found
          .filter(({ start }) => start >= before.length)
          .map(({ start, end, ...rest }) => ({
            start: start - before.length,
            end: end - before.length,
            ...rest,
          }));
      },
    };
  }

  #finish(cell: LiveCell, { status, error }: Executed): void {
    const passed = status === 'ok';
    if (cell.kind === 'check') {
      const exercise = this.cells.find(
        ({ kind, exercise }) => kind === 'exercise' && exercise === cell.exercise,
      );
      const problem = passed ? undefined : (error?.evalue ?? 'The check did not run to its end.');
      if (exercise) this.#handlers.onCheck(cell, exercise, problem);
      if (problem !== undefined) announce(problem);
      return;
    }
    if (!passed && cell.kind === 'exercise') this.#leaveUnchecked(cell);
    announce(passed ? 'The cell has run.' : `The cell stopped: ${error?.evalue ?? ''}`);
    const isEarly = this.#above(cell).some(({ ranText }) => ranText === undefined);
    if (!passed && isEarly && !this.#queue.isRunningMore) this.#offerToRunAbove(cell);
  }

  /** A check would only say that it does not find what the cell declares. */
  #leaveUnchecked(exercise: LiveCell): void {
    for (const check of this.#queue.leaveOut(this.checksOf(exercise))) {
      const problem = 'Your code stops before it can be checked: the error is shown below it.';
      this.#handlers.onCheck(check, exercise, problem);
    }
  }

  #offerToRunAbove(cell: LiveCell): void {
    const above = this.#above(cell).filter(({ ranText }) => ranText === undefined);
    notify(cell.notices, 'Cells above this one have not been run.', [
      { text: 'Run them, then this one', run: () => void this.#queue.run([...above, cell]) },
      { text: 'Close', run: () => undefined },
    ]);
  }

  #forgetRuns(): void {
    for (const cell of this.cells) cell.ranText = undefined;
  }

  /** What had been run above the last cell can be run again. */
  #tellOfLoss(why: string): void {
    const { last } = this.#queue;
    const above = last ? this.#above(last).filter(({ ranText }) => ranText !== undefined) : [];
    this.#forgetRuns();
    const again: NoticeAction = {
      text: 'Run the cells above again',
      run: () => void this.#queue.run(above),
    };
    this.#offerStart(`${why} The variables are gone.`, above.length > 0 ? [again] : []);
  }

  #offerStart(why: string, more: readonly NoticeAction[] = []): void {
    notify(this.notices, `${why} What you have typed is still here.`, [
      ...more,
      {
        text: 'Reconnect',
        run: () => void this.#start(),
      },
      { text: 'Close', run: () => undefined },
    ]);
  }

  async #start(): Promise<void> {
    await this.#computer.client().catch((error: unknown) => {
      this.#offerStart((error as Error).message);
    });
  }
}

/** Editors are made when the reader comes near. */
function openWhenNear(cells: readonly LiveCell[]): void {
  const byRoot = new Map<Element, LiveCell>(cells.map((cell) => [cell.root, cell]));
  const observer = whenNear(1, (root) => void byRoot.get(root)?.edit());
  for (const { root, kind } of cells) if (kind !== 'check') observer.observe(root);
}

/** What editors refer to for those who cannot see. */
export function editorHelp(): HTMLElement {
  return make('p', {
    class: 'visually-hidden',
    text: 'Tab indents. Escape, then Tab, leaves the editor. Shift and Enter run the cell.',
    attributes: { id: 'page-editor-help' },
  });
}
