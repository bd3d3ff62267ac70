import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { claimFolder } from '../claim.js';
import { runId, type RunConfig, type RunResult } from './run.js';
import { readSealed, writeSealed, type Form, type Stored } from './sealed-files.js';

const form: Form<RunResult> = {
  keys: [
    'config',
    'parameters',
    'multiplyAdds',
    'steps',
    'curve',
    'backend',
    'versions',
    'seconds',
  ],
  nameOf: ({ config }) => `${runId(config)}.json`,
};

/**
 * Where the results of studies are: a folder a study, a JSON file a run. Several processes, or
 * machines that share the folder, may work on one study.
 */
export class Results {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the results of a study are. */
  folder(study: string): string {
    return join(this.#folder, study);
  }

  /** Where a run keeps its checkpoints. */
  scratch(config: RunConfig): string {
    return this.#path(config, '.running');
  }

  /** Where the weights are that a run has trained, if they are kept. */
  weights(config: RunConfig): string {
    return this.#path(config, '.safetensors');
  }

  /** Whether there is a file for it, be it whole or not. */
  has(config: RunConfig): boolean {
    return existsSync(this.#path(config, '.json'));
  }

  /** @throws Error that names the file and says why it cannot be written. */
  async write(result: RunResult): Promise<void> {
    await writeSealed(this.#path(result.config, '.json'), result);
  }

  /** All results of a study, those of other sizes and versions of it too. */
  read(study: string): Promise<Stored<RunResult>> {
    return readSealed(this.folder(study), form);
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

  #path(config: RunConfig, extension: string): string {
    return join(this.folder(config.study), `${runId(config)}${extension}`);
  }
}
