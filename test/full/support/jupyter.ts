import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Notebook, Output } from '../../../dist/notebook/notebook.js';
import { needPython } from './python.js';
import { repository } from './repository.js';
import { runCommand, succeed, type Ended } from './run-command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** What became of one code cell. */
export interface CellReport {
  /** The kernel's own reply; `'abort'`: the cell was never run. */
  readonly status: 'ok' | 'error' | 'abort';
  readonly outputs: readonly Output[];
}

/** Jupyter with a kernel that nobody else sees. */
export class Jupyter {
  readonly #python: string;
  readonly #env: NodeJS.ProcessEnv;

  private constructor(python: string, data: string) {
    this.#python = python;
    this.#env = {
      ...process.env,
      // As in an environment that is activated: nbgrader calls a program that is installed with it.
      PATH: [dirname(python), process.env.PATH].join(delimiter),
      // JUPYTER_PATH comes before the kernels of the interpreter and of the user.
      JUPYTER_PATH: data,
      JUPYTER_DATA_DIR: data,
      JUPYTER_CONFIG_DIR: join(data, 'config'),
      JUPYTER_RUNTIME_DIR: join(data, 'runtime'),
      IPYTHONDIR: join(data, 'ipython'),
    };
  }

  /**
   * Skips the suite where Python lacks Jupyter.
   *
   * @param install puts kernels into Jupyter's data folder
   */
  static async find(
    context: Mocha.Context,
    install: (data: string) => void | Promise<void> = installStockTslab,
  ): Promise<Jupyter> {
    const python = await needPython(context);
    const data = temporaryFolder();
    await install(data);
    return new Jupyter(python, data);
  }

  /** Runs a Python program in a folder. */
  run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return runCommand(this.#python, args, { cwd, env: { ...this.#env, ...env } });
  }

  /** Starts a Python program in a folder. Its log has to be read, or it stops at some time. */
  start(
    args: readonly string[],
    cwd: string,
    env: NodeJS.ProcessEnv = {},
  ): ChildProcessByStdio<null, null, Readable> {
    const options = { cwd, env: { ...this.#env, ...env } };
    return spawn(this.#python, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  /** Runs `jupyter nbconvert --execute` in the notebook's folder; throws if that fails. */
  async convert(path: string, env: NodeJS.ProcessEnv = {}): Promise<Notebook> {
    const name = 'executed.ipynb';
    const args = ['--to', 'notebook', '--execute', '--output', name, path];
    await succeed(this.#python, ['-m', 'nbconvert', ...args], { env: { ...this.#env, ...env } });
    return JSON.parse(await readFile(join(dirname(path), name), 'utf8')) as Notebook;
  }

  /** Runs code cells one by one, going on after errors, in the notebook's folder. */
  async execute(path: string): Promise<CellReport[]> {
    const script = join(repository, 'test', 'full', 'execute_notebook.py');
    return JSON.parse(
      await succeed(this.#python, [script, path], { env: this.#env }),
    ) as CellReport[];
  }
}

/** As `tslab install` does it, but into a folder of our own, and with this repository's tslab. */
export function installStockTslab(data: string): void {
  const tslab = join(repository, 'node_modules', 'tslab', 'bin', 'tslab');
  const kernel = {
    argv: [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
  };
  const folder = join(data, 'kernels', 'tslab');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify(kernel));
}
