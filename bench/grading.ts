/**
 * `npm run bench:grading`: a class's submissions of one lesson, marked by `inception-lab grade` with
 * one and with more at once, and some of them by unmodified `nbgrader autograde`, which runs them in
 * our kernel beside their checks.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installKernelSpec } from '../dist/kernel/jupyter/kernelspec.js';
import { findLesson, readLessons } from '../dist/lessons/catalogue.js';
import { toAssignment } from '../dist/lessons/to-assignment.js';
import { formatNotebook } from '../dist/notebook/files.js';

const { values: options } = parseArgs({
  options: {
    lesson: { type: 'string', default: '05' },
    submissions: { type: 'string', default: '200' },
    jobs: { type: 'string', default: '1,2' },
    /** Of these, how many go through nbgrader: one takes as long as another. */
    nbgrader: { type: 'string', default: '5' },
    python: { type: 'string', default: process.env.INCEPTION_LAB_PYTHON ?? 'python3' },
  },
});

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const lesson = findLesson(await readLessons(), options.lesson);
const folder = mkdtempSync(join(tmpdir(), 'inception-lab-bench-'));

/** Some solve all, some half, some nothing; no two hand in the same text. */
function submission(i: number): string {
  const handedOut = toAssignment(lesson, 'learner');
  let exercises = 0;
  const cells = handedOut.cells.map((cell, j) => {
    const part = lesson.parts[j];
    if (part?.kind !== 'exercise') return cell;
    const isSolved = i % 4 === 3 ? false : i % 4 === 2 ? exercises++ % 2 === 0 : true;
    return { ...cell, source: `${isSolved ? part.solution : part.stub}\n// ${i}\n` };
  });
  return formatNotebook({ ...handedOut, cells });
}

/** @param pathOf where a learner's notebook goes */
function handIn(count: number, pathOf: (learner: string) => string): void {
  for (let i = 0; i < count; i++) {
    const path = pathOf(`learner-${i}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, submission(i));
  }
}

/** Takes back what our settings have changed of marking. */
const asItComes = `
c.Autograde.exporter_class = NotebookExporter
c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()
c.Execute.timeout = 600
`;

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return (performance.now() - began) / 1000;
}

/** Seconds for all submissions. */
function grade(count: number, jobs: string): number {
  const inbox = join(folder, `inbox-${count}`);
  handIn(count, (learner) => join(inbox, `${learner}.ipynb`));
  const output = mkdtempSync(join(folder, 'marks-'));
  const flags = ['--assignment', lesson.slug, '--jobs', jobs, '--output', output];
  return run(process.execPath, [main, 'grade', inbox, ...flags]);
}

/** Seconds for some submissions; unmodified, nbgrader runs each by itself. */
async function autograde(count: number): Promise<number> {
  const data = join(folder, 'jupyter');
  await installKernelSpec('inception-lab', data);
  const env = { JUPYTER_PATH: data, JUPYTER_DATA_DIR: data };
  run(process.execPath, [main, 'assignment', lesson.slug, '--output', '.'], env);
  appendFileSync(join(folder, 'nbgrader_config.py'), asItComes);
  run(options.python, ['-m', 'nbgrader', 'generate_assignment', lesson.slug], env);
  const { slug } = lesson;
  handIn(count, (learner) => join(folder, 'submitted', learner, slug, `${slug}.ipynb`));
  return run(options.python, ['-m', 'nbgrader', 'autograde', lesson.slug], env);
}

try {
  const count = Number(options.submissions);
  const rows: [string, number, number][] = [];
  for (const jobs of options.jobs.split(',')) {
    process.stderr.write(`grade, --jobs ${jobs}\n`);
    rows.push([`\`grade --jobs ${jobs}\``, count, grade(count, jobs)]);
  }
  const few = Number(options.nbgrader);
  if (few > 0) {
    process.stderr.write('nbgrader autograde\n');
    rows.push(['unmodified `nbgrader autograde`', few, await autograde(few)]);
  }
  console.log(`${lesson.slug}, on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}:\n`);
  console.log('| | submissions | seconds in all | seconds a submission |');
  console.log('|---|---|---|---|');
  for (const [name, submissions, seconds] of rows) {
    const each = (seconds / submissions).toFixed(2);
    console.log(`| ${name} | ${submissions} | ${seconds.toFixed(0)} | ${each} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
