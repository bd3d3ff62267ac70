import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Lesson } from '../lessons/lesson.js';
import { copyLibrary } from './confinement/answers-library.js';
import { confined, type Isolation, type Limits } from './confinement/confinement.js';
import { ExaminerProcess } from './examiner-process.js';
import type { ExamOptions } from './exam.js';
import { noMarks, type Marks } from './marks.js';
import type { Submission } from './submissions/find-submissions.js';

export interface GradeOptions extends ExamOptions {
  readonly isolation: Isolation;
  readonly limits: Limits;
  /** How many submissions are marked at the same time. */
  readonly jobs: number;
  /** Told of each as soon as it is marked, and waited for. */
  readonly onMarks: (submission: Submission, marks: Marks) => Promise<void>;
  /** Ends the marking: what has been told of stays. */
  readonly signal?: AbortSignal;
}

/** Bytes that an answer may print. */
const mostOutput = 10e6;

/** Marks submissions of a lesson. */
export async function gradeSubmissions(
  lesson: Lesson,
  submissions: readonly Submission[],
  { isolation, limits, jobs, onMarks, signal, ...options }: GradeOptions,
): Promise<void> {
  const waiting = submissions.filter(({ problem }) => problem === undefined);
  for (const submission of submissions) {
    if (submission.problem !== undefined) {
      await onMarks(submission, noMarks(lesson, submission.problem));
    }
  }
  if (waiting.length === 0) return;
  const library = await copyLibrary();
  const folder = await mkdtemp(join(tmpdir(), 'inception-lab-grade-'));
  const command = confined(isolation, library, limits);
  const examiners = Array.from(
    { length: Math.min(jobs, waiting.length) },
    () => new ExaminerProcess({ lesson, command, options, mostOutput }, folder),
  );
  const stop = () => {
    for (const examiner of examiners) examiner.kill();
  };
  signal?.addEventListener('abort', stop);
  try {
    await Promise.all(
      examiners.map(async (examiner) => {
        for (let next = waiting.shift(); next && !signal?.aborted; next = waiting.shift()) {
          const marks = await examiner.mark(next.cells);
          await onMarks(next, marks);
        }
      }),
    );
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await Promise.all(examiners.map((examiner) => examiner.close()));
    await Promise.all([library.remove(), rm(folder, { recursive: true, force: true })]);
  }
}
