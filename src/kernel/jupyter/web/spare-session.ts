import { isDeepStrictEqual } from 'node:util';
import { nodeSession, type NodeSessionOptions } from '../../node-session.js';
import type { Session } from '../../session.js';

/** Milliseconds after which one that was taken is replaced: the learner's first cells come first. */
const pause = 10_000;

/** What a first cell waits for most: the library is loaded, and its types are read. */
const preparation = "import 'inception-lab';";

/** A session that stands ready before a page asks for one. */
export class SpareSession {
  readonly #options: NodeSessionOptions;
  /** Also while it is not yet ready. */
  #session: Session | undefined;
  #isReady = false;
  #next: NodeJS.Timeout | undefined;

  constructor(options: NodeSessionOptions) {
    this.#options = options;
  }

  /** Resolves when one is ready. */
  async prepare(): Promise<void> {
    if (this.#session) return;
    const session = nodeSession(this.#options);
    this.#session = session;
    const status = await session.execute(preparation, {
      name: 'Preparation',
      onOutput: () => undefined,
      onInput: () => Promise.reject(new Error('A preparation asks nobody.')),
    });
    if (this.#session !== session) return;
    if (status === 'ok') this.#isReady = true;
    else this.close();
  }

  /**
   * The session, if it is ready and has this environment; another one will be, some time later.
   */
  take(env: NodeSessionOptions['env']): Session | undefined {
    if (!this.#isReady || !isDeepStrictEqual(env, this.#options.env)) return undefined;
    const session = this.#session;
    this.#session = undefined;
    this.#isReady = false;
    this.#next = setTimeout(() => void this.prepare(), pause).unref();
    return session;
  }

  close(): void {
    clearTimeout(this.#next);
    this.#session?.close();
    this.#session = undefined;
    this.#isReady = false;
  }
}
