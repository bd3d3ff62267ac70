import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { runId, type RunConfig, type RunResult } from './run.js';

/** In milliseconds. */
const heartbeat = 30_000;

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
      await file.writeFile(`${hostname()} ${process.pid}`);
      await file.close();
    } catch {
      // Another process was faster.
      return undefined;
    }
    // Other machines see by that that this one still works on it.
    const beat = setInterval(() => {
      const now = new Date();
      utimes(lock, now, now).catch(() => undefined);
    }, heartbeat);
    return async () => {
      clearInterval(beat);
      await rm(lock, { force: true });
    };
  }

  /** Removes a run's checkpoints, when its result is there. */
  async clear(config: RunConfig): Promise<void> {
    await rm(this.scratch(config), { recursive: true, force: true });
  }

  #path(config: RunConfig): string {
    return join(this.#folder, config.study, `${runId(config)}.json`);
  }
}

/** Whether the process that has taken a run still lives; on another machine, whether it lately did. */
async function isHeld(lock: string): Promise<boolean> {
  let host: string | undefined;
  let pid: string | undefined;
  let beat: number;
  try {
    [host, pid] = (await readFile(lock, 'utf8')).split(' ');
    beat = (await stat(lock)).mtimeMs;
  } catch {
    return false;
  }
  if (host !== hostname()) return Date.now() - beat < 10 * heartbeat;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
