import { defaultKernelName } from '../kernelspec.js';
import { nodeSession } from '../../node-session.js';
import { readEnvironment, type Environment } from './environment.js';
import { Refusal } from './refusal.js';
import { SpareSession } from './spare-session.js';
import { WebKernel } from './web-kernel.js';

export interface KernelsOptions {
  /** The folder from which cells import. */
  readonly cwd: string;
  /** Environment variables of all cells, beside this process's own. */
  readonly env?: Environment;
  /** How many may run at a time. Default: 4 */
  readonly most?: number;
  /** Seconds for which a kernel waits for a front end. Default: 600 */
  readonly patience?: number;
}

/** Those that run. */
export class Kernels {
  readonly #options: Required<KernelsOptions>;
  readonly #kernels = new Map<string, WebKernel>();
  #spare: SpareSession | undefined;

  constructor({ env = {}, most = 4, patience = 600, ...options }: KernelsOptions) {
    this.#options = { env, most, patience, ...options };
  }

  /**
   * Keeps what a kernel with such an environment needs ready from now on; resolves when it is.
   *
   * @param wished as a front end will ask for it
   */
  prepare(wished: Environment = {}): Promise<void> {
    const { cwd, env } = this.#options;
    this.#spare ??= new SpareSession({ cwd, env: { ...env, ...wished } });
    return this.#spare.prepare();
  }

  get all(): WebKernel[] {
    return [...this.#kernels.values()];
  }

  /**
   * Starts one.
   *
   * @param request as Jupyter has it: `{ name, env }`
   * @throws Refusal
   */
  start(request: Readonly<Record<string, unknown>>): WebKernel {
    const { cwd, env, most, patience } = this.#options;
    const { name = defaultKernelName } = request;
    if (name !== defaultKernelName) {
      throw new Refusal(
        400,
        `There is no kernel ${JSON.stringify(name)}: take "${defaultKernelName}".`,
      );
    }
    const wished = readEnvironment(request.env);
    if (this.#kernels.size >= most) throw new Refusal(503, tooMany(most, patience));
    const needed = { cwd, env: { ...env, ...wished } };
    const kernel = new WebKernel({
      ...{ name, patience: patience * 1000 },
      newSession: () => this.#spare?.take(needed.env) ?? nodeSession(needed),
      onEnd: () => this.#kernels.delete(kernel.id),
    });
    this.#kernels.set(kernel.id, kernel);
    return kernel;
  }

  /** @throws Refusal */
  find(id: string): WebKernel {
    const kernel = this.#kernels.get(id);
    if (kernel) return kernel;
    throw new Refusal(404, 'There is no such kernel any more: start another one.');
  }

  endAll(): void {
    this.#spare?.close();
    for (const kernel of this.#kernels.values()) kernel.end('The server has ended.');
  }
}

function tooMany(most: number, patience: number): string {
  const minutes = Math.ceil(patience / 60);
  return (
    `${most} kernels are running, and there cannot be more: close the page of another lesson. ` +
    `A kernel that no page uses ends within ${minutes} min.`
  );
}
