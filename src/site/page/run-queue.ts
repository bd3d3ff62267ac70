import { OutputCollector } from '../../kernel/output-collector.js';
import { limitOutputs } from './limit-outputs.js';
import type { LiveCell } from './live-cell.js';
import { KernelGone, type Executed, type NotebookClient } from './notebook-client.js';

export interface RunQueueOptions {
  /** @throws Error that says in a sentence why there is no kernel */
  readonly client: () => Promise<NotebookClient>;
  /** Told of each cell that begins, and with `undefined` of its end, whatever it was. */
  readonly onRunning: (cell: LiveCell | undefined) => void;
  /** Told of each cell that has been run. */
  readonly onRun: (cell: LiveCell, executed: Executed) => void;
  /** Told in a sentence why nothing can be run. */
  readonly onFailure: (why: string) => void;
}

/** Milliseconds between two drawings of a cell's outputs; longer, where drawing takes long. */
const pause = 60;

/** Runs cells one after another, and shows what they put out as it comes. */
export class RunQueue {
  readonly #options: RunQueueOptions;
  readonly #collector = new OutputCollector();
  readonly #waiting: LiveCell[] = [];
  /** Those whose outputs have changed since they were drawn. */
  readonly #changed = new Set<LiveCell>();
  /** The one that runs, or ran last. */
  last: LiveCell | undefined;
  #working: Promise<void> | undefined;
  #runs = 0;
  #drawing = false;
  /** All that has ever been run here, with the last run's id. */
  readonly #run = new Map<LiveCell, string>();

  constructor(options: RunQueueOptions) {
    this.#options = options;
  }

  /** Whether something waits to be run. */
  get isRunningMore(): boolean {
    return this.#waiting.length > 0;
  }

  /** Resolves when all of them have run, or it is clear that they will not. */
  async run(cells: readonly LiveCell[]): Promise<void> {
    for (const cell of cells) {
      if (this.#waiting.includes(cell)) continue;
      this.#waiting.push(cell);
      if (cell.root.dataset.state !== 'running') cell.end('waiting', 'Waits');
    }
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
    await this.#working;
  }

  /** Leaves out those that have not begun. */
  clear(): void {
    this.leaveOut(this.#waiting);
  }

  /** Takes out of the queue what has not begun; returns what was in it. */
  leaveOut(cells: readonly LiveCell[]): LiveCell[] {
    const left = this.#waiting.filter((cell) => cells.includes(cell));
    for (const cell of left) {
      this.#waiting.splice(this.#waiting.indexOf(cell), 1);
      cell.end('idle', '');
    }
    return left;
  }

  async #work(): Promise<void> {
    try {
      const client = await this.#options.client();
      for (let cell = this.#waiting.shift(); cell; cell = this.#waiting.shift()) {
        await this.#execute(client, cell);
      }
    } catch (error) {
      this.clear();
      if (!(error instanceof KernelGone)) this.#options.onFailure((error as Error).message);
    }
  }

  async #execute(client: NotebookClient, cell: LiveCell): Promise<void> {
    const id = `run-${++this.#runs}`;
    const start = performance.now();
    const before = this.#run.get(cell);
    if (before !== undefined) this.#collector.forget(before);
    cell.begin(this.#collector.outputsOf(id));
    this.#options.onRunning(cell);
    this.#run.set(cell, id);
    this.last = cell;
    cell.ranText = cell.text;
    const onOutput = limitOutputs((type, content) => {
      this.#collector.add(id, type, content);
      // An update may be of what another cell has shown.
      if (type === 'update_display_data')
        for (const each of this.#run.keys()) this.#changed.add(each);
      else this.#changed.add(cell);
      this.#drawSoon();
    });
    try {
      const onInput: LiveCell['ask'] = (question) => cell.ask(question);
      const executed = await client.execute(cell.text, { onOutput, onInput });
      cell.executionCount = executed.executionCount ?? null;
      cell.showOutputs();
      const seconds = (performance.now() - start) / 1000;
      cell.end(executed.status === 'ok' ? 'ok' : 'error', wordsFor(executed, seconds));
      this.#options.onRun(cell, executed);
    } catch (error) {
      cell.showOutputs();
      cell.end('error', 'Cut off');
      throw error;
    } finally {
      this.#options.onRunning(undefined);
    }
  }

  #drawSoon(): void {
    if (this.#drawing) return;
    this.#drawing = true;
    setTimeout(() => {
      const start = performance.now();
      for (const cell of this.#changed) cell.showOutputs();
      this.#changed.clear();
      // A flood leaves the page at least half of its time.
      setTimeout(() => {
        this.#drawing = false;
        if (this.#changed.size > 0) this.#drawSoon();
      }, performance.now() - start);
    }, pause);
  }
}

function wordsFor({ status, executionCount, error }: Executed, seconds: number): string {
  if (error?.ename === 'KeyboardInterrupt') return 'Stopped';
  if (error?.ename === 'DeadKernel') return 'Cut off';
  const number = executionCount === undefined ? '' : `[${executionCount}] `;
  if (status === 'ok') return `${number}${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return `${number}Error`;
}
