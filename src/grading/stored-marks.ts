import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lesson } from '../lessons/lesson.js';
import { writeFileSafely } from '../notebook/files.js';
import { version } from '../kernel/jupyter/package-version.js';
import type { Isolation } from './confinement/confinement.js';
import type { ExamOptions } from './exam.js';
import type { Marks } from './marks.js';

/**
 * Marks that have been made, a file each: whoever begins again after an interruption, or when more
 * has been handed in, marks only what is new.
 */
export class StoredMarks {
  readonly #folder: string;
  /** What marks depend on besides what was handed in. */
  readonly #conditions: string;

  constructor(
    folder: string,
    { slug, parts }: Lesson,
    conditions: ExamOptions & { readonly memory: number; readonly isolation: Isolation },
  ) {
    const { allowLibrary, callTimeout, timeout, memory, isolation } = conditions;
    this.#folder = folder;
    const options = [allowLibrary, callTimeout, timeout, memory, isolation];
    this.#conditions = JSON.stringify([version, slug, parts, ...options]);
  }

  async read(hash: string): Promise<Marks | undefined> {
    try {
      return JSON.parse(await readFile(this.#fileOf(hash), 'utf8')) as Marks;
    } catch {
      // Not there, or damaged: it is marked anew.
      return undefined;
    }
  }

  async write(hash: string, marks: Marks): Promise<void> {
    await writeFileSafely(this.#fileOf(hash), `${JSON.stringify(marks, null, 1)}\n`);
  }

  #fileOf(hash: string): string {
    const key = createHash('sha256').update(this.#conditions).update(hash).digest('hex');
    return join(this.#folder, `${key.slice(0, 32)}.json`);
  }
}
