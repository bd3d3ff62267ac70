import { browserBackends } from '../../kernel/browser/browser-backends.js';
import { browserSession } from '../../kernel/browser/browser-session.js';
import type { BackendOption, Connection, KernelChannel, OpenOptions } from './connection.js';
import { kernelChannel } from './kernel-channel.js';

/** Kernels in this page: workers of the browser, which need no server. */
export class BrowserConnection implements Connection {
  readonly place = 'this browser';
  readonly startsEarly = true;
  readonly #base: URL;

  /** @param base the folder of the page's assets */
  constructor(base: URL) {
    this.#base = base;
  }

  backends(): Promise<readonly BackendOption[]> {
    return browserBackends();
  }

  async open({ backend }: OpenOptions): Promise<KernelChannel> {
    return kernelChannel(await browserSession({ base: this.#base, backend }));
  }
}
