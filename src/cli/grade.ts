import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  findIsolation,
  isolationInWords,
  type Isolation,
} from '../grading/confinement/confinement.js';
import { gradeSubmissions } from '../grading/grade.js';
import { pairsAlike } from '../grading/report/alike.js';
import { totalOf, type Marked } from '../grading/report/marked.js';
import { canvasTable, marksTable, moodleTable } from '../grading/report/tables.js';
import { StoredMarks } from '../grading/stored-marks.js';
import type { Marks } from '../grading/marks.js';
import { findSubmissions, type Submission } from '../grading/submissions/find-submissions.js';
import { findLesson, haveHiddenTests, readLessons } from '../lessons/catalogue.js';
import type { Lesson } from '../lessons/lesson.js';
import { fromAssignment } from '../lessons/from-assignment.js';
import { readNotebook, writeFileSafely } from '../notebook/files.js';
import { feedbackPage } from '../site/marks/feedback-page.js';
import { overviewPage } from '../site/marks/overview-page.js';

/** What `--isolation` can be. */
export const isolationWishes = ['best', 'required', 'permissions'] as const;

export interface GradeFlags {
  readonly assignment: string;
  /** A source notebook of nbgrader's, in place of the course's lesson. */
  readonly source?: string;
  /** Only these. */
  readonly learner?: readonly string[];
  readonly jobs?: number;
  readonly output: string;
  readonly isolation: (typeof isolationWishes)[number];
  /** Seconds. */
  readonly callTimeout: number;
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  readonly allowLibrary: boolean;
  readonly hiddenTests: boolean;
}

/**
 * Marks what learners have handed in, and writes marks, feedback and an overview.
 *
 * @throws Error in a sentence; marks that have been made by then stay, and are not made again.
 */
export async function grade(path: string, flags: GradeFlags): Promise<void> {
  if (!haveHiddenTests && flags.source === undefined) {
    console.warn(
      'The installed package has no hidden tests. To mark with them, run this in the repository, or give --source.',
    );
  }
  const lesson = await assignmentOf(flags);
  const submissions = wanted(await findSubmissions(path, lesson), flags.learner);
  const isolation = isolationFor(flags.isolation);
  const stored = new StoredMarks(join(flags.output, 'marked'), lesson, flags);
  const marks = new Map<string, Marks>();
  for (const { hash } of submissions) {
    const known = await stored.read(hash);
    if (known) marks.set(hash, known);
  }
  const fresh = unique(submissions.filter(({ hash }) => !marks.has(hash)));
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
    onMarks: async ({ learner, hash }, own) => {
      await stored.write(hash, own);
      marks.set(hash, own);
      const { earned, points } = totalOf(own.checks);
      console.log(`${marks.size} of ${submissions.length}: ${learner}, ${earned} of ${points}`);
    },
  });
  process.off('SIGINT', onInterrupt);
  const marked = submissions.flatMap((submission) => withMarks(submission, marks));
  if (marked.length > 0) await writeReports(lesson, marked, isolation, flags);
  if (interruption.signal.aborted) {
    console.error(
      `Interrupted: ${marked.length} of ${submissions.length} are marked, and in ${flags.output}. The same command goes on from there.`,
    );
    process.exitCode = 130;
  }
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
  throw new Error(`Nothing is there of ${learners.join(', ')}. There is something of: ${names}.`);
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
  console.error(`Answers run under less isolation than could be: ${why}.`);
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
    `Wrote ${join(output, 'marks.csv')}, and ${join(output, 'overview.html')} to look at.`,
  );
}

/** A file's name that is one everywhere, and each learner's own. */
function pageOf(learner: string): string {
  const readable = learner.replace(/[^\p{L}\p{N} ._-]/gu, '').slice(0, 60);
  const hash = createHash('sha256').update(learner).digest('hex').slice(0, 6);
  return `feedback/${readable}-${hash}.html`;
}
