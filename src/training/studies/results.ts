import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { claimFolder } from '../claim.js';
import { runId, sorted, type RunConfig, type RunResult } from './run.js';

/** What a folder holds of a study. */
export interface Stored {
  readonly results: readonly RunResult[];
  /** Of each file that cannot be taken for a result, a sentence that says why, and what to do. */
  readonly problems: readonly string[];
}

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
    const path = this.#path(result.config, '.json');
    const text = JSON.stringify({ ...result, checksum: checksumOf(result) }, null, 2);
    try {
      await mkdir(join(this.#folder, result.config.study), { recursive: true });
      await writeFileAtomic(path, `${text}\n`);
    } catch (error) {
      throw new Error(`The result cannot be written: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  }

  /** All results of a study, those of other sizes and versions of it too. */
  async read(study: string): Promise<Stored> {
    const folder = join(this.#folder, study);
    const names = existsSync(folder) ? await readdir(folder) : [];
    const results: RunResult[] = [];
    const problems: string[] = [];
    for (const name of names.filter((name) => name.endsWith('.json')).sort()) {
      const path = join(folder, name);
      try {
        results.push(parse(await readFile(path, 'utf8'), basename(name, '.json')));
      } catch (error) {
        const { message } = error as Error;
        problems.push(
          `The result ${path} ${message}. It is left aside: remove it, and run the study again.`,
        );
      }
    }
    return { results, problems };
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
    return join(this.#folder, config.study, `${runId(config)}${extension}`);
  }
}

/** @throws Error with the end of a sentence that begins with the file. */
function parse(text: string, id: string): RunResult {
  let parsed: Partial<RunResult & { checksum: string }>;
  try {
    parsed = JSON.parse(text) as typeof parsed;
  } catch (error) {
    throw new Error('is cut off, or no JSON', { cause: error });
  }
  const { checksum, ...result } = parsed;
  if (checksum === undefined) throw new Error('has no checksum: another version wrote it');
  if (checksum !== checksumOf(result)) throw new Error('was changed after it had been written');
  // Sealed, it is what we have written.
  const whole = result as RunResult;
  if (runId(whole.config) !== id) throw new Error('is the result of another run');
  return whole;
}

/** So that a number that was changed by hand is noticed. */
function checksumOf(result: Partial<RunResult>): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(result)))
    .digest('hex')
    .slice(0, 16);
}
