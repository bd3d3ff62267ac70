import { formatWithOptions, inspect } from 'node-inspect-extracted';
import { tableOf } from './console-table.js';

type Print = (name: 'stdout' | 'stderr', text: string) => void;

/** `console`, printing what Node's would print. */
export class NotebookConsole {
  readonly #print: Print;
  #indent = '';
  readonly #counts = new Map<string, number>();
  readonly #starts = new Map<string, number>();

  constructor(print: Print) {
    this.#print = print;
  }

  readonly log = (...values: readonly unknown[]): void => {
    this.#write('stdout', values);
  };

  readonly info = this.log;

  readonly debug = this.log;

  readonly error = (...values: readonly unknown[]): void => {
    this.#write('stderr', values);
  };

  readonly warn = this.error;

  readonly trace = (...values: readonly unknown[]): void => {
    const { stack } = Object.assign(new Error(formatWithOptions({}, ...values)), { name: 'Trace' });
    this.error(stack);
  };

  readonly assert = (condition?: unknown, ...values: readonly unknown[]): void => {
    if (condition) return;
    const [first, ...rest] = values;
    if (typeof first === 'string') this.error(`Assertion failed: ${first}`, ...rest);
    else if (values.length === 0) this.error('Assertion failed');
    else this.error('Assertion failed:', ...values);
  };

  readonly dir = (value: unknown, options: object = {}): void => {
    this.log(inspect(value, { customInspect: false, ...options }));
  };

  readonly dirxml = this.log;

  readonly table = (data: unknown, columns?: readonly string[]): void => {
    this.log(typeof data === 'object' && data !== null ? tableOf(data, columns) : data);
  };

  readonly group = (...values: readonly unknown[]): void => {
    if (values.length > 0) this.log(...values);
    this.#indent += '  ';
  };

  readonly groupCollapsed = this.group;

  readonly groupEnd = (): void => {
    this.#indent = this.#indent.slice(2);
  };

  readonly count = (label = 'default'): void => {
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    this.log(`${label}: ${count}`);
  };

  readonly countReset = (label = 'default'): void => {
    this.#counts.delete(label);
  };

  readonly time = (label = 'default'): void => {
    this.#starts.set(label, performance.now());
  };

  readonly timeLog = (label = 'default', ...values: readonly unknown[]): void => {
    const start = this.#starts.get(label);
    if (start !== undefined)
      this.log(`${label}: ${duration(performance.now() - start)}`, ...values);
  };

  readonly timeEnd = (label = 'default'): void => {
    this.timeLog(label);
    this.#starts.delete(label);
  };

  #write(name: 'stdout' | 'stderr', values: readonly unknown[]): void {
    const text = formatWithOptions({}, ...values);
    const lines = this.#indent === '' ? text : text.replace(/^/gm, this.#indent);
    this.#print(name, `${lines}\n`);
  }
}

/** As Node writes it. */
function duration(milliseconds: number): string {
  if (milliseconds >= 60_000) {
    const seconds = milliseconds / 1000;
    const rest = (seconds % 60).toFixed(3).padStart(6, '0');
    return `${Math.floor(seconds / 60)}:${rest} (m:ss.mmm)`;
  }
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(3)}s`;
  return `${Number(milliseconds.toFixed(3))}ms`;
}
