import type { IncomingMessage, ServerResponse } from 'node:http';
import { listBackends } from '../../../backends/node/list-backends.js';
import { defaultKernelName, kernelSpec } from '../kernelspec.js';
import { logoFiles } from '../logo.js';
import { version } from '../package-version.js';
import { answer, readJson } from './json.js';
import type { Kernels } from './kernels.js';
import { Refusal } from './refusal.js';

type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  ...parts: string[]
) => void | Promise<void>;

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: Handler;
}

/** What is asked over plain HTTP: Jupyter's REST interface, and one question of our own. */
export class Api {
  readonly #kernels: Kernels;
  readonly #backend: string | undefined;
  readonly #started = new Date();
  #backends: ReturnType<typeof listBackends> | undefined;
  #logos: ReturnType<typeof logoFiles> | undefined;
  readonly #routes: readonly Route[] = [
    route('GET', '/api', (_, response) => {
      answer(response, 200, { version });
    }),
    route('GET', '/api/status', (_, response) => {
      answer(response, 200, this.#status());
    }),
    route('GET', '/api/kernelspecs', (_, response) => {
      const kernelspecs = { [defaultKernelName]: specModel };
      answer(response, 200, { default: defaultKernelName, kernelspecs });
    }),
    route('GET', `/api/kernelspecs/${defaultKernelName}`, (_, response) => {
      answer(response, 200, specModel);
    }),
    route('GET', `/kernelspecs/${defaultKernelName}/([^/]+)`, (_, response, file = '') =>
      this.#sendLogo(response, file),
    ),
    route('GET', '/api/kernels', (_, response) => {
      answer(response, 200, this.#models());
    }),
    route('POST', '/api/kernels', async (request, response) => {
      const { model } = this.#kernels.start(await readJson(request));
      response.setHeader('Location', `/api/kernels/${model.id}`);
      answer(response, 201, model);
    }),
    route('GET', '/api/kernels/([^/]+)', (_, response, id = '') => {
      answer(response, 200, this.#kernels.find(id).model);
    }),
    route('DELETE', '/api/kernels/([^/]+)', (_, response, id = '') => {
      this.#kernels.find(id).end('The kernel was shut down.');
      answer(response, 204);
    }),
    route('POST', '/api/kernels/([^/]+)/interrupt', (_, response, id = '') => {
      this.#kernels.find(id).interrupt();
      answer(response, 204);
    }),
    route('POST', '/api/kernels/([^/]+)/restart', (_, response, id = '') => {
      const kernel = this.#kernels.find(id);
      kernel.restart();
      answer(response, 200, kernel.model);
    }),
    route('GET', '/api/inception-lab/backends', async (_, response) => {
      answer(response, 200, await this.#listBackends());
    }),
  ];

  /** @param backend the one that kernels take if nobody asks for another */
  constructor(kernels: Kernels, backend?: string) {
    this.#kernels = kernels;
    this.#backend = backend;
  }

  /** @throws Refusal */
  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const here = this.#routes.filter((each) => each.path.test(path));
    const found = here.find(({ method }) => method === request.method);
    if (found) {
      const [, ...parts] = found.path.exec(path) ?? [];
      await found.handle(request, response, ...parts);
      return;
    }
    if (here.length === 0) throw new Refusal(404, `There is nothing at ${path}.`);
    const methods = here.map(({ method }) => method).join(' or ');
    throw new Refusal(405, `${path} takes ${methods}, not ${request.method ?? ''}.`);
  }

  #models() {
    return this.#kernels.all.map(({ model }) => model);
  }

  #status() {
    const models = this.#models();
    const last = models.map(({ last_activity }) => last_activity).sort();
    return {
      kernels: models.length,
      connections: models.reduce((sum, { connections }) => sum + connections, 0),
      started: this.#started.toISOString(),
      last_activity: last.at(-1) ?? this.#started.toISOString(),
    };
  }

  /** However many pages ask meanwhile, each backend is tried once. */
  #listBackends(): ReturnType<typeof listBackends> {
    this.#backends ??= listBackends(this.#backend).finally(() => {
      this.#backends = undefined;
    });
    return this.#backends;
  }

  async #sendLogo(response: ServerResponse, file: string): Promise<void> {
    const logos = await (this.#logos ??= logoFiles());
    const logo = Object.hasOwn(logos, file) ? logos[file] : undefined;
    if (logo === undefined) throw new Refusal(404, `The kernel has no file ${file}.`);
    const type = file.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
    response.writeHead(200, { 'Content-Type': type }).end(logo);
  }
}

function route(method: string, path: string, handle: Handler): Route {
  return { method, path: new RegExp(`^${path}$`), handle };
}

const specModel = {
  name: defaultKernelName,
  spec: { ...kernelSpec, env: {}, metadata: {} },
  resources: Object.fromEntries(
    ['logo-svg.svg', 'logo-32x32.png', 'logo-64x64.png'].map((file) => [
      file.replace(/\.\w+$/, ''),
      `/kernelspecs/${defaultKernelName}/${file}`,
    ]),
  ),
};
