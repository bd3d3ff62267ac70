import { format } from 'node:util';

const methods = ['log', 'info', 'debug', 'warn', 'error', 'table', 'dir'] as const;

/** Characters that are kept. */
const most = 20_000;

/** Keeps what is printed, until its end, instead of printing it. */
export class Printed {
  #text = '';
  readonly #before = { ...console };

  constructor() {
    for (const name of methods) {
      console[name] = (...args: unknown[]) => {
        if (this.#text.length < most) this.#text += `${format(...args)}\n`;
      };
    }
  }

  end(): string {
    Object.assign(console, this.#before);
    return this.#text.slice(0, most);
  }
}
