import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import {
  findIsolation,
  isolationInWords,
  type Isolation,
} from '../grading/confinement/confinement.js';
import { gradeSubmissions } from '../grading/grade.js';
import { pairsAlike } from '../grading/report/alike.js';
import { totalOf, type Marked } from '../grading/report/marked.js';
import { canvasTable, marksTable, moodleTable } from '../grading/report/tables.js';
import { keepDebuggerShut } from '../grading/no-debugger.js';
import { StoredMarks } from '../grading/stored-marks.js';
import type { Marks } from '../grading/marks.js';
import { findSubmissions, type Submission } from '../grading/submissions/find-submissions.js';
import { findLesson, haveHiddenTests, readLessons } from '../lessons/catalogue.js';
import type { Lesson } from '../lessons/lesson.js';
import { fromAssignment } from '../lessons/from-assignment.js';
import { readNotebook, writeFileSafely } from '../notebook/files.js';
import { feedbackPage } from '../site/marks/feedback-page.js';
import { overviewPage } from '../site/marks/overview-page.js';
import type { GradeFlags } from './grade-flags.js';
import { shareOf } from './shard.js';
import { submit, type SlurmJob } from './slurm.js';

/**
 * Marks what learners have handed in, and writes marks, feedback and an overview.
 *
 * @throws Error in a sentence; marks that have been made by then stay, and are not made again.
 */
export async function grade(path: string, flags: GradeFlags): Promise<void> {
  if (!haveHiddenTests() && flags.source === undefined) {
    console.warn(
      'The installed package has no hidden tests. To mark with them, run this in the repository, or give --source.',
    );
  }
  if (flags.slurm !== undefined) {
    console.log(await submit(clusterJob(path, flags, flags.slurm)));
    return;
  }
  const lesson = await assignmentOf(flags);
  const submissions = wanted(await findSubmissions(path, lesson), flags.learner);
  const isolation = isolationFor(flags.isolation);
  const stored = new StoredMarks(join(flags.output, 'marked'), lesson, { ...flags, isolation });
  const marks = new Map<string, Marks>();
  const recall = async () => {
    for (const { hash } of submissions) {
      const known = marks.get(hash) ?? (await stored.read(hash));
      if (known) marks.set(hash, known);
    }
  };
  await recall();
  const own = shareOf(unique(submissions), flags.shard);
  const fresh = own.filter(({ hash }) => !marks.has(hash));
  keepDebuggerShut();
  const interruption = new AbortController();
  const onInterrupt = () => {
    interruption.abort();
  };
  process.once('SIGINT', onInterrupt);
  await gradeSubmissions(lesson, fresh, {
    ...flags,
    isolation,
    jobs: flags.jobs ?? Math.max(1, Math.floor(availableParallelism() / 2)),
    limits: { memory: flags.memory, processorTime: Math.ceil(flags.timeout) },
    signal: interruption.signal,
    onMarks: async ({ learner, hash }, made) => {
      await stored.write(hash, made);
      marks.set(hash, made);
      const { earned, points } = totalOf(made.checks);
      console.log(`${marks.size} of ${submissions.length}: ${learner}, ${earned} of ${points}`);
    },
  });
  process.off('SIGINT', onInterrupt);
  const collect = async () => {
    await recall();
    return submissions.flatMap((submission) => withMarks(submission, marks));
  };
  let marked = await collect();
  // Once more where other parts have marked meanwhile: whichever ends last writes all of it.
  for (let written = 0; written < marked.length; marked = await collect()) {
    written = marked.length;
    await writeReports(lesson, marked, isolation, flags);
  }
  if (interruption.signal.aborted) {
    console.error(
      `Interrupted: ${marked.length} of ${submissions.length} are marked, and their marks are in ${flags.output}. Run the same command again to continue.`,
    );
    process.exitCode = 130;
  } else if (marked.length < submissions.length) {
    console.log(
      `${marked.length} of ${submissions.length} are marked so far; the rest belongs to other parts.`,
    );
  }
}

/** The same command, a part a task. */
function clusterJob(path: string, flags: GradeFlags, tasks: number): SlurmJob {
  const { assignment, source, learner, jobs, isolation, callTimeout, timeout, memory } = flags;
  const folder = resolve(flags.output);
  const command = [
    ...['grade', resolve(path), '--assignment', assignment, '--output', folder],
    ...(source === undefined ? [] : ['--source', resolve(source)]),
    ...(learner ? ['--learner', ...learner] : []),
    ...(jobs === undefined ? [] : ['--jobs', String(jobs)]),
    ...['--isolation', isolation, '--call-timeout', String(callTimeout)],
    ...['--timeout', String(timeout), '--memory', String(memory)],
    ...(flags.allowLibrary ? ['--allow-library'] : []),
    ...(flags.hiddenTests ? ['--hidden-tests'] : []),
  ];
  return { name: `grade-${assignment}`, tasks, folder, command };
}

/** The course's own, or a teacher's edition of it. */
async function assignmentOf({ assignment, source }: GradeFlags): Promise<Lesson> {
  if (source === undefined) return findLesson(await readLessons(), assignment);
  return fromAssignment(assignment, await readNotebook(source));
}

function wanted(
  submissions: readonly Submission[],
  learners: readonly string[] | undefined,
): readonly Submission[] {
  if (!learners) return submissions;
  const found = submissions.filter(({ learner }) => learners.includes(learner));
  if (found.length > 0) return found;
  const names = submissions.map(({ learner }) => learner).join(', ');
  throw new Error(
    `There is nothing from ${learners.join(', ')}. There are submissions from: ${names}.`,
  );
}

function isolationFor(wish: GradeFlags['isolation']): Isolation {
  if (wish === 'permissions') return wish;
  const { isolation, why } = findIsolation();
  if (why === undefined) return isolation;
  if (wish === 'required') {
    throw new Error(
      `Answers cannot be isolated: ${why}. Install bubblewrap (Debian: apt install bubblewrap), or mark without --isolation required.`,
    );
  }
  console.error(`Answers run under weaker isolation: ${why}.`);
  return isolation;
}

/** Copies of the same file are marked once. */
function unique(submissions: readonly Submission[]): Submission[] {
  return [...new Map(submissions.map((one) => [one.hash, one])).values()];
}

function withMarks(submission: Submission, marks: ReadonlyMap<string, Marks>): Marked[] {
  const { learner, id, hash, cells } = submission;
  const own = marks.get(hash);
  if (!own) return [];
  return [{ learner, ...(id !== undefined && { id }), cells, marks: own }];
}

async function writeReports(
  lesson: Lesson,
  marked: readonly Marked[],
  isolation: Isolation,
  { output, hiddenTests }: GradeFlags,
): Promise<void> {
  const write = (name: string, content: string) => writeFileSafely(join(output, name), content);
  const file = { lesson: lesson.slug, isolation: isolationInWords[isolation], marks: marked };
  await write('marks.csv', marksTable(marked));
  await write('moodle.csv', moodleTable(marked));
  await write('canvas.csv', canvasTable(marked, lesson));
  await write('marks.json', `${JSON.stringify(file, null, 1)}\n`);
  for (const one of marked) {
    await write(pageOf(one.learner), feedbackPage(one, { title: lesson.title, hiddenTests }));
  }
  const overview = overviewPage(marked, {
    ...{ lesson, isolation: isolationInWords[isolation], pageOf },
    pairs: pairsAlike(marked),
  });
  await write('overview.html', overview);
  console.log(
    `Wrote ${join(output, 'marks.csv')}, and ${join(output, 'overview.html')} to look at first.`,
  );
}

/** A file's name that is one everywhere, and each learner's own. */
function pageOf(learner: string): string {
  const readable = learner.replace(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 60);
  const hash = createHash('sha256').update(learner).digest('hex').slice(0, 6);
  return `feedback/${readable}-${hash}.html`;
}
