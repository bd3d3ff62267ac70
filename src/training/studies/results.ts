import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { claimFolder } from '../claim.js';
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
  claim(config: RunConfig): Promise<(() => Promise<void>) | undefined> {
    return claimFolder(this.scratch(config));
  }

  /** Removes a run's checkpoints, when its result is there. */
  async clear(config: RunConfig): Promise<void> {
    await rm(this.scratch(config), { recursive: true, force: true });
  }

  #path(config: RunConfig): string {
    return join(this.#folder, config.study, `${runId(config)}.json`);
  }
}
