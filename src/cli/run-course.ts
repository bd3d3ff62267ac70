import { join } from 'node:path';
import type { BackendChoice } from '../backends/choice.js';
import { runNotebook } from '../kernel/run-notebook.js';
import type { Lesson } from '../lessons/lesson.js';
import { toNotebook } from '../lessons/to-notebook.js';
import { readNotebook, writeNotebook } from '../notebook/files.js';
import { firstError, type Notebook } from '../notebook/notebook.js';
import { serve, type CourseServer } from '../site/server.js';
import { Site } from '../site/site.js';
import { fingerprint, libraryFingerprint, packageFolder } from './fingerprint.js';
import { showProgress } from './progress.js';
import { cellEnvironment, type RunFlags } from './run-flags.js';

/** A lesson on its way from source to page. */
interface Job {
  readonly lesson: Lesson;
  /** Solved, without outputs. */
  readonly notebook: Notebook;
  /** Where it is written with its outputs. */
  readonly path: string;
  /** Of all that its outputs depend on. */
  readonly fingerprint: string;
}

/**
 * Runs the course's lessons and makes its pages. The server that shows them meanwhile keeps this
 * process alive afterwards, until the user ends it.
 *
 * @param chosen the lessons to run, in the course's order
 * @param course all lessons: each gets a page. Default: those to run
 * @returns whether all lessons ran without an error
 */
export async function runCourse(
  chosen: readonly Lesson[],
  backend: BackendChoice,
  flags: RunFlags,
  course: readonly Lesson[] = chosen,
): Promise<boolean> {
  const jobs = await planJobs(course, backend, flags);
  const site = new Site(join(flags.output, 'site'), course);
  await site.writeFrame();
  const waiting: Job[] = [];
  for (const job of jobs) {
    const executed = await readExecuted(job);
    const isChosen = chosen.includes(job.lesson);
    await site.writeLesson(job.lesson, executed ?? job.notebook, {
      status: executed ? 'done' : isChosen ? 'waiting' : 'unrun',
    });
    if (!executed && isChosen) waiting.push(job);
  }

  let server: CourseServer | undefined;
  if (flags.serve) {
    const { folder } = site;
    const kernels = { cwd: packageFolder, env: cellEnvironment(flags) };
    server = await serve({ folder, port: flags.port, ...kernels });
    console.log(`The course is at ${server.address} (Ctrl-C ends it)`);
  }

  let succeeded = true;
  for (const job of waiting) succeeded = (await runJob(job, site, flags)) && succeeded;
  console.log(summary(chosen.length, waiting.length, flags.output));
  // As pages ask for it: they name the backend.
  void server?.prepare({ INCEPTION_LAB_BACKEND: backend.name });
  return succeeded;
}

async function planJobs(
  lessons: readonly Lesson[],
  backend: BackendChoice,
  flags: RunFlags,
): Promise<Job[]> {
  const library = await libraryFingerprint();
  return lessons.map((lesson) => {
    const notebook = toNotebook(lesson, 'solved');
    return {
      lesson,
      notebook,
      path: join(flags.output, 'notebooks', `${lesson.slug}.ipynb`),
      fingerprint: fingerprint(notebook, library, backend),
    };
  });
}

/** The notebook of an earlier run, if it succeeded and nothing has changed since. */
async function readExecuted({ path, fingerprint }: Job): Promise<Notebook | undefined> {
  try {
    const notebook = await readNotebook(path);
    return notebook.metadata.inception_lab_fingerprint === fingerprint ? notebook : undefined;
  } catch {
    return undefined;
  }
}

async function runJob(job: Job, site: Site, flags: RunFlags): Promise<boolean> {
  const { lesson } = job;
  const progress = showProgress(lesson.slug);
  const executed = await runNotebook(job.notebook, {
    cwd: packageFolder,
    env: cellEnvironment(flags),
    cellTimeout: flags.cellTimeout,
    allowErrors: flags.allowErrors,
    onCell: async (cell, cells) => {
      progress.cell(cell, cells);
      await site.writeState(lesson, { status: 'running', cell, cells });
    },
  });
  progress.end();

  const problem = firstError(executed);
  if (problem === undefined) executed.metadata.inception_lab_fingerprint = job.fingerprint;
  else console.error(`${lesson.slug}: ${problem}`);
  await writeNotebook(job.path, executed);
  await site.writeLesson(
    lesson,
    executed,
    problem === undefined ? { status: 'done' } : { status: 'failed', problem },
  );
  return problem === undefined;
}

function summary(lessons: number, run: number, output: string): string {
  const kept = lessons - run;
  const counted = kept > 0 ? `${run} run, ${kept} unchanged` : `${run} run`;
  return `Lessons: ${counted}. Notebooks are in ${join(output, 'notebooks')}, pages in ${join(output, 'site')}.`;
}
