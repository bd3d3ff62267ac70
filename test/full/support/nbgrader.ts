import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installKernelSpec } from '../../../dist/kernel/jupyter/kernelspec.js';
import { findLesson, readLessons } from '../../../dist/lessons/catalogue.js';
import { writeFileSafely, writeNotebook } from '../../../dist/notebook/files.js';
import type { Cell, Notebook } from '../../../dist/notebook/notebook.js';
import { inceptionLab } from '../../support/command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { Jupyter } from './jupyter.js';
import { repository } from './repository.js';
import { need } from './requirements.js';

/** What a learner hands in. */
export interface Submission {
  /** By exercise; what is not here is solved. */
  readonly answers?: Readonly<Record<string, string>>;
  /** What else the learner has done to the notebook. */
  readonly change?: (cells: readonly Cell[]) => Cell[];
  /** The name of another kernel, if the learner has chosen one. */
  readonly kernel?: string;
  /** Files beside it, by their paths. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Points by check. */
export type Marks = Readonly<Record<string, number>>;

/** A course of a teacher's, in a folder of its own, with our kernel. */
export class Course {
  readonly folder: string;
  readonly #jupyter: Jupyter;

  private constructor(jupyter: Jupyter, folder: string) {
    this.#jupyter = jupyter;
    this.folder = folder;
  }

  /** Skips the suite where Python lacks nbgrader. */
  static async begin(context: Mocha.Context, lessons: readonly string[]): Promise<Course> {
    const jupyter = await Jupyter.find(context, async (data) => {
      await installKernelSpec('inception-lab', data);
    });
    // Outside of the repository: nothing but the kernel brings the library along.
    const folder = temporaryFolder();
    const { status } = await jupyter.run(['-c', 'import nbgrader'], folder);
    const course = need(
      context,
      'nbgrader',
      status === 0 ? new Course(jupyter, folder) : undefined,
      'Python does not have nbgrader; name one that does in INCEPTION_LAB_PYTHON.',
    );
    const written = await inceptionLab('assignment', ...lessons, '--output', folder);
    if (written.status !== 0) throw new Error(written.stderr);
    return course;
  }

  /** Runs a command of nbgrader's in the course's folder. */
  async nbgrader(...args: readonly string[]): Promise<void> {
    const { status, stderr } = await this.#jupyter.run(['-m', 'nbgrader', ...args], this.folder);
    if (status !== 0) throw new Error(`nbgrader ${args.join(' ')}: ${stderr}`);
  }

  /** The notebook that learners get of an assignment. */
  async release(assignment: string): Promise<Notebook> {
    const path = join(this.folder, 'release', assignment, `${assignment}.ipynb`);
    return JSON.parse(await readFile(path, 'utf8')) as Notebook;
  }

  /** Puts a learner's notebook where nbgrader collects them. */
  async submit(learner: string, assignment: string, submission: Submission): Promise<void> {
    const { answers, change = (cells: readonly Cell[]) => [...cells] } = submission;
    const { kernel = 'inception-lab', files = {} } = submission;
    const notebook = await answered(await this.release(assignment), assignment, answers);
    const folder = join(this.folder, 'submitted', learner, assignment);
    await writeNotebook(join(folder, `${assignment}.ipynb`), {
      ...notebook,
      cells: change(notebook.cells),
      metadata: { kernelspec: { name: kernel, display_name: kernel, language: 'typescript' } },
    });
    for (const [path, text] of Object.entries(files)) {
      await writeFileSafely(join(folder, path), text);
    }
  }

  /** Hands in a notebook as it is. */
  async submitNotebook(learner: string, assignment: string, notebook: Notebook): Promise<void> {
    const folder = join(this.folder, 'submitted', learner, assignment);
    await writeNotebook(join(folder, `${assignment}.ipynb`), notebook);
  }

  /** Hands in the notebook as it was handed out. */
  async submitUndone(learner: string, assignment: string): Promise<void> {
    const release = join(this.folder, 'release', assignment);
    await cp(release, join(this.folder, 'submitted', learner, assignment), { recursive: true });
  }

  /** What the gradebook says of each learner. */
  async marks(assignment: string): Promise<Record<string, Marks>> {
    const script = join(repository, 'test', 'full', 'read_marks.py');
    const { status, stdout, stderr } = await this.#jupyter.run([script, assignment], this.folder);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Record<string, Marks>;
  }
}

/**
 * A notebook with answers in it.
 *
 * @param answers by exercise; what is not here is solved
 */
export async function answered(
  notebook: Notebook,
  assignment: string,
  answers: Submission['answers'] = {},
): Promise<Notebook> {
  const lesson = findLesson(await readLessons(), assignment);
  const cells = notebook.cells.map((cell) => {
    const { exercise } = (cell.metadata.inception_lab ?? {}) as { exercise?: string };
    const part = lesson.parts.find((one) => one.kind === 'exercise' && one.name === exercise);
    if (part?.kind !== 'exercise') return cell;
    return { ...cell, source: answers[part.name] ?? part.solution };
  });
  return { ...notebook, cells };
}
