import { join } from 'node:path';
import { findIsolation, isolationInWords } from '../grading/confinement/confinement.js';
import { gradeSubmissions } from '../grading/grade.js';
import { findSubmissions } from '../grading/submissions/find-submissions.js';
import { findLesson, readLessons } from '../lessons/catalogue.js';
import { writeFileSafely } from '../notebook/files.js';

export interface GradeFlags {
  readonly assignment: string;
  readonly jobs: number;
  readonly output: string;
}

export async function grade(path: string, { assignment, jobs, output }: GradeFlags): Promise<void> {
  const lesson = findLesson(await readLessons(), assignment);
  const submissions = await findSubmissions(path, lesson);
  const { isolation } = findIsolation();
  console.log(isolationInWords[isolation]);
  const rows: string[] = [];
  await gradeSubmissions(lesson, submissions, {
    isolation,
    jobs,
    limits: { memory: 3000, processorTime: 300 },
    callTimeout: 20,
    timeout: 120,
    allowLibrary: false,
    onMarks: async ({ learner }, { checks, errors }) => {
      console.log(learner, checks.map(({ earned }) => earned).join(' '), errors, checks.map(({message})=>message));
      rows.push([learner, ...checks.map(({ earned }) => earned)].join(','));
    },
  });
  await writeFileSafely(join(output, 'marks.csv'), rows.join('\n'));
}
