import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { runId, type RunConfig, type RunResult } from './run.js';

/**
 * Where the results of studies are: a folder a study, a JSON file a run. Several processes, or
 * machines that share the folder, may work on one study.
 */
export class Results {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a run keeps its checkpoints. */
  scratch(config: RunConfig): string {
    return join(this.#folder, config.study, `${runId(config)}.running`);
  }

  has(config: RunConfig): boolean {
    return existsSync(this.#path(config));
  }

  async write(result: RunResult): Promise<void> {
    const path = this.#path(result.config);
    await mkdir(join(this.#folder, result.config.study), { recursive: true });
    await writeFileAtomic(path, `${JSON.stringify(result, null, 2)}\n`);
  }

  /** Those of these runs that are done. */
  async read(configs: readonly RunConfig[]): Promise<RunResult[]> {
    const done = configs.filter((config) => this.has(config));
    return Promise.all(
      done.map(async (config) => {
        const path = this.#path(config);
        try {
          return JSON.parse(await readFile(path, 'utf8')) as RunResult;
        } catch (error) {
          throw new Error(
            `The result ${path} cannot be read: ${(error as Error).message}. Remove it, and run the study again.`,
            { cause: error },
          );
        }
      }),
    );
  }

  /**
   * Takes a run, so that no other process does it too.
   *
   * @returns what gives it back; `undefined` if another process has it
   */
  async claim(config: RunConfig): Promise<(() => Promise<void>) | undefined> {
    const folder = this.scratch(config);
    await mkdir(folder, { recursive: true });
    const lock = join(folder, 'process');
    if (await isHeld(lock)) return undefined;
    await rm(lock, { force: true });
    try {
      const file = await open(lock, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
    } catch {
      // Another process was faster.
      return undefined;
    }
    return () => rm(lock, { force: true });
  }

  /** Removes a run's checkpoints, when its result is there. */
  async clear(config: RunConfig): Promise<void> {
    await rm(this.scratch(config), { recursive: true, force: true });
  }

  /** Results that belong to no run of the study any more. */
  async strays(study: string, configs: readonly RunConfig[]): Promise<string[]> {
    const folder = join(this.#folder, study);
    if (!existsSync(folder)) return [];
    const ids = new Set(configs.map((config) => `${runId(config)}.json`));
    return (await readdir(folder)).filter((name) => name.endsWith('.json') && !ids.has(name));
  }

  #path(config: RunConfig): string {
    return join(this.#folder, config.study, `${runId(config)}.json`);
  }
}

/** Whether the process that has taken a run still lives, on this machine. */
async function isHeld(lock: string): Promise<boolean> {
  let pid: number;
  try {
    pid = Number(await readFile(lock, 'utf8'));
  } catch {
    return false;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
