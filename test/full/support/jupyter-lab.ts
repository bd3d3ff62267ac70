import { once } from 'node:events';
import { freePorts } from '../../support/free-ports.js';
import type { Jupyter } from './jupyter.js';

export interface JupyterLabOptions {
  /** The folder that it shows. */
  readonly folder: string;
  /** Where its kernels run: the server's address, and the token for it. */
  readonly gateway: { readonly url: string; readonly token: string };
}

export interface JupyterLab {
  /** With a token of its own: `http://127.0.0.1:41234/?token=…`. */
  readonly address: string;
  /** All that it has said so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

/** It asks nobody else's servers. */
const quiet = [
  '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
  '--LabApp.news_url=None',
  '--LabApp.extension_manager=readonly',
];

/** Starts JupyterLab, which has no kernels but those of a gateway. */
export async function startJupyterLab(
  jupyter: Jupyter,
  { folder, gateway }: JupyterLabOptions,
): Promise<JupyterLab> {
  const [port] = await freePorts(1);
  const token = 'of-jupyter-lab';
  const address = `http://127.0.0.1:${port}/?token=${token}`;
  const args = [
    ...['-m', 'jupyterlab', '--no-browser', '--allow-root', ...quiet],
    ...[`--gateway-url=${gateway.url}`, '--LabApp.expose_app_in_browser=True'],
    ...[`--ServerApp.port=${port}`, '--ServerApp.port_retries=0', '--ServerApp.ip=127.0.0.1'],
    ...[`--IdentityProvider.token=${token}`, `--ServerApp.root_dir=${folder}`],
  ];
  // On the command line, everybody on the machine could read it.
  const child = jupyter.start(args, folder, { JUPYTER_GATEWAY_AUTH_TOKEN: gateway.token });
  const ended = once(child, 'exit');
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  while (!(await answers(address))) {
    if (child.exitCode !== null) throw new Error(`JupyterLab has ended:\n${log}`);
    await new Promise((go) => setTimeout(go, 200));
  }
  return {
    address,
    log: () => log,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function answers(address: string): Promise<boolean> {
  return fetch(new URL('api', address)).then(
    ({ ok }) => ok,
    () => false,
  );
}
