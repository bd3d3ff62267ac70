import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { freePorts } from '../../support/free-ports.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { WebClient } from '../../support/web-client.js';
import { codeBelow } from './hub-page.js';
import { logIn } from './hub-login.js';
import { needModules } from './python.js';
import { repository } from './repository.js';
import { need } from './requirements.js';
import { runCommand, succeed } from './run-command.js';

const machine = join(repository, 'test', 'full', 'support', 'hub-machine.sh');

const unshare = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Of `setpriv`: it ends with these tests, however they end. */
const ownMachine = ['--pdeathsig', 'KILL', ...unshare];

/** A hub as docs/hub.md sets it up, on a machine of its own with the users that the page has. */
export class Hub {
  /** `http://127.0.0.1:41234/` */
  readonly address: string;
  readonly #password: string;
  readonly #running: ChildProcess;
  #log = '';

  private constructor(running: ChildProcess, address: string, password: string) {
    [this.#running, this.address, this.#password] = [running, address, password];
    for (const stream of [running.stdout, running.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.#log += chunk.toString();
      });
    }
  }

  /** Skips the suite where it lacks something: a module, the proxy, the right to be root. */
  static async start(context: Mocha.Context): Promise<Hub> {
    const python = await needModules(context, 'hub', ['jupyterhub', 'jupyterlab', 'nbgrader']);
    const environment = need(
      context,
      'hub',
      await environmentOf(python),
      `${python} is not in an environment of its own, as venv makes them.`,
    );
    const proxy = need(
      context,
      'hub',
      packagesWithProxy(),
      'there is no configurable-http-proxy in PATH; npm installs it.',
    );
    const { status } = await runCommand('setpriv', [...ownMachine, 'true']);
    need(
      context,
      'hub',
      status === 0 && process.getuid?.() === 0 ? true : undefined,
      'only root, who may mount, can try a hub whose learners are users of the system.',
    );
    const [port, hub, api] = await freePorts(3);
    const password = randomBytes(16).toString('hex');
    const folder = temporaryFolder();
    const script = join(temporaryFolder(), 'script');
    const ports = [
      `c.JupyterHub.bind_url = "http://127.0.0.1:${port}"`,
      `c.JupyterHub.hub_bind_url = "http://127.0.0.1:${hub}"`,
      `c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:${api}"`,
      'c.ConfigurableHTTPProxy.command = "/opt/proxy/configurable-http-proxy/bin/configurable-http-proxy"',
    ];
    writeFileSync(script, setUp(password, ports.join('\n')), { mode: 0o600 });
    const node = dirname(dirname(process.execPath));
    const places = [folder, script, repository, proxy, ...environment, node];
    const running = spawn('setpriv', [...ownMachine, 'sh', machine, ...places]);
    const started = new Hub(running, `http://127.0.0.1:${port}/`, password);
    await started.#answers();
    return started;
  }

  /** What a user types into a terminal; throws unless all of it succeeds. */
  async type(user: string, commands: string): Promise<string> {
    const [pid] = readFileSync(
      `/proc/${this.#running.pid}/task/${this.#running.pid}/children`,
      'utf8',
    ).split(' ');
    const inside = ['--target', pid!, '--mount', '--pid', 'su', '--login', user];
    return succeed('nsenter', [...inside, '--command', `set -e\n${commands}`]);
  }

  /** Logs a user in by the page, and starts the user's server. */
  async logIn(user: string, password = this.#password): Promise<WebClient> {
    const token = await logIn(this.address, user, password);
    const hub = new WebClient(`${this.address}?token=${token}`);
    const begun = await hub.ask(`hub/api/users/${user}/server`, { method: 'POST' });
    if (!begun.ok) throw new Error(`${user}'s server: ${begun.status} ${await begun.text()}`);
    const client = this.clientOf(user, token);
    await this.#until(async () => (await client.ask('api/kernelspecs')).ok);
    return client;
  }

  /** Somebody who asks a user's server. */
  clientOf(user: string, token: string): WebClient {
    return new WebClient(`${this.address}user/${user}/?token=${token}`, 'header');
  }

  /** All processes of the machine end with it. */
  async stop(): Promise<void> {
    if (this.#running.exitCode !== null) return;
    const ended = once(this.#running, 'close');
    // It ignores what ends other programs, and takes its own with it.
    this.#running.kill('SIGKILL');
    await ended;
  }

  /** All that the hub and its servers have said so far. */
  log(): string {
    return this.#log;
  }

  #answers(): Promise<void> {
    const asked = () => fetch(new URL('hub/api', this.address)).then(({ ok }) => ok);
    return this.#until(() => asked().catch(() => false));
  }

  async #until(holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 60_000;
    while (!(await holds())) {
      if (this.#running.exitCode !== null || Date.now() > end) throw new Error(this.#log);
      await new Promise((go) => setTimeout(go, 200));
    }
  }
}

/** What the page's administrator does, and then the hub; what is installed is there. */
function setUp(password: string, more: string): string {
  const [, kernel] = codeBelow('Install');
  const [users] = codeBelow('Users');
  const [folders, nbgraderConfig] = codeBelow('The exchange');
  const [hubConfig, unit] = codeBelow('The hub');
  const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit!)![1]!;
  const here = (path: string, text: string) => `cat > ${path} <<'END'\n${text}\nEND`;
  return [
    ...[kernel, users, folders],
    ...['teacher', 'ada', 'ben'].map((name) => `echo '${name}:${password}' | chpasswd`),
    here('/etc/jupyter/nbgrader_config.py', nbgraderConfig!),
    here('/etc/jupyterhub/jupyterhub_config.py', `${hubConfig}\n${more}`),
    `cd ${setting('WorkingDirectory')}`,
    // As systemd does: nothing of what is set where the tests run.
    `exec env -i ${setting('Environment')} LANG=C.UTF-8 ${setting('ExecStart')}`,
  ].join('\n');
}

/** The folder of a Python's environment, if it has one, and that of the Python it was made with. */
async function environmentOf(python: string): Promise<[string, string] | undefined> {
  const code = "import sys; print(sys.prefix, sys.base_prefix, sep='\\n')";
  const [prefix, base] = (await succeed(python, ['-c', code])).trim().split('\n');
  return prefix === base ? undefined : [prefix!, base!];
}

/** The folder of packages in which the proxy of PATH is. */
function packagesWithProxy(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const programs = folders.map((folder) => join(folder, 'configurable-http-proxy'));
  const found = programs.find((program) => existsSync(program));
  // It is a link to PACKAGES/configurable-http-proxy/bin/configurable-http-proxy.
  return found && dirname(dirname(dirname(realpathSync(found))));
}
