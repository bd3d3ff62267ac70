import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.js';

export interface JupyterLab {
  readonly addressOf: (notebook: string) => string;
  readonly stop: () => Promise<void>;
}

const token = 'lab';

/**
 * Starts JupyterLab as a class does whose kernels run elsewhere.
 *
 * @param gateway the address that our server has printed, with its token
 */
export async function startJupyterLab(
  python: string,
  folder: string,
  gateway: string,
): Promise<JupyterLab> {
  const port = await freePort();
  const { origin, searchParams } = new URL(gateway);
  const data = temporaryFolder();
  const lab = spawn(
    python,
    [
      ...['-m', 'jupyterlab', '--no-browser', '--allow-root'],
      ...[`--ServerApp.token=${token}`, `--ServerApp.port=${port}`, '--ServerApp.port_retries=0'],
      `--ServerApp.root_dir=${folder}`,
      '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
      ...[`--gateway-url=${origin}`, `--GatewayClient.auth_token=${searchParams.get('token')}`],
    ],
    {
      env: {
        ...process.env,
        JUPYTER_DATA_DIR: data,
        JUPYTER_CONFIG_DIR: join(data, 'config'),
        JUPYTER_RUNTIME_DIR: join(data, 'runtime'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  await new Promise<void>((resolve, reject) => {
    lab.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(`127.0.0.1:${port}/lab`)) resolve();
    });
    lab.on('close', () => {
      reject(new Error(`JupyterLab has not started: ${said}`));
    });
  });
  return {
    addressOf: (notebook) => `http://127.0.0.1:${port}/lab/tree/${notebook}?token=${token}`,
    async stop() {
      lab.kill('SIGTERM');
      if (lab.exitCode === null) await once(lab, 'close');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
