import { format } from 'node:util';

const methods = ['log', 'info', 'debug', 'warn', 'error', 'table', 'dir'] as const;

/** Characters that are kept. */
const most = 20_000;

/** Keeps what is printed, until its end, instead of printing it. */
export class Printed {
  #text = '';
  readonly #before = methods.map((name) => [name, console[name]] as const);

  constructor() {
    for (const name of methods) {
      console[name] = (...args: unknown[]) => {
        if (this.#text.length < most) this.#text += `${format(...args)}\n`;
      };
    }
  }

  end(): string {
    for (const [name, method] of this.#before) console[name] = method as typeof console.log;
    return this.#text.slice(0, most);
  }
}
