import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runId, type RunConfig } from '../run.js';
import { readSealed, writeSealed, type Form, type Stored } from '../sealed-files.js';
import type { StudySize } from '../study.js';
import { evaluation } from './declaration.js';
import type { NetworkResult } from './evaluate-network.js';

const form: Form<NetworkResult> = {
  keys: ['config', 'labels', 'probabilities', 'backend', 'versions', 'seconds'],
  nameOf: ({ config }) => `${config.of}-${config.test}.json`,
};

/** Where the evaluations are: a JSON file a network. */
export class Evaluations {
  readonly #folder: string;

  /** @param results the folder of all studies */
  constructor(results: string) {
    this.#folder = join(results, evaluation.name);
  }

  has(config: RunConfig, size: StudySize): boolean {
    return existsSync(this.#path(runId(config), evaluation.sizes[size].test));
  }

  async write(result: NetworkResult): Promise<void> {
    await writeSealed(this.#path(result.config.of, result.config.test), result);
  }

  /** Those on as many pictures as the size has. */
  async read(size: StudySize): Promise<Stored<NetworkResult>> {
    const { results, problems } = await readSealed(this.#folder, form);
    const { test } = evaluation.sizes[size];
    return { results: results.filter(({ config }) => config.test === test), problems };
  }

  #path(of: string, test: number): string {
    return join(this.#folder, `${of}-${test}.json`);
  }
}
