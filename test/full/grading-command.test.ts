import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inceptionLab, startInceptionLab } from '../support/command.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { fileOf, suite } from '../grading/suite.js';

const entry = (name: string) => fileOf(suite.find((one) => one.name === name)!);

/** A folder with what some have handed in. */
function inbox(files: Readonly<Record<string, string>>): { from: string; to: string } {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, 'inbox'), join(folder, 'marks')];
  mkdirSync(from);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(from, name), text);
  return { from, to };
}

const gradeInto = (to: string, from: string, ...flags: string[]) =>
  inceptionLab('grade', from, '--assignment', '1', '--output', to, ...flags);

describe('inception-lab grade', function () {
  this.timeout(300_000);

  it('writes marks, feedback and an overview, and makes each mark once', async () => {
    const files = {
      'ada.ipynb': entry('solved'),
      'b<b>.ipynb': entry('half'),
      '=1+1.ipynb': entry('hard-coded'),
      'copy of ada.ipynb': entry('solved'),
    };
    const { from, to } = inbox(files);
    const first = await gradeInto(to, from);
    assert.equal(first.status, 0, first.stderr);
    const csv = readFileSync(join(to, 'marks.csv'), 'utf8');
    assert.equal(
      csv,
      `learner,points,of,convolve,convolution-unit,predict-cost
'=1+1,4,6,0,3,1
ada,6,6,2,3,1
b<b>,5,6,1,3,1
copy of ada,6,6,2,3,1
`,
    );
    const overview = readFileSync(join(to, 'overview.html'), 'utf8');
    assert.match(overview, /b&lt;b&gt;/);
    assert.doesNotMatch(overview, /b<b>/);
    assert.match(overview, /src="data:image\/svg\+xml;base64,/);
    assert.match(readFileSync(join(to, 'moodle.csv'), 'utf8'), /^Identifier,Full name,Grade/);

    // Who returned the visible numbers is not told what the hidden tests are.
    const { stdout } = spawnSync('ls', [join(to, 'feedback')], { encoding: 'utf8' });
    const page = stdout.split('\n').find((name) => name.startsWith('11-'))!;
    const feedback = readFileSync(join(to, 'feedback', page), 'utf8');
    assert.match(feedback, /A test that you cannot see failed/);
    for (const name of stdout.trim().split('\n')) {
      assert.doesNotMatch(readFileSync(join(to, 'feedback', name), 'utf8'), /not square/, name);
    }

    const stamp = statSync(join(to, 'marks.csv')).mtimeMs;
    writeFileSync(join(from, 'late.ipynb'), '');
    const second = await gradeInto(to, from);
    assert.doesNotMatch(second.stdout, /ada, 6/);
    assert.match(second.stdout, /late, 0 of 6/);
    assert.ok(statSync(join(to, 'marks.csv')).mtimeMs >= stamp);
    const without = (text: string) => text.replace(/^late.*\n/m, '');
    assert.equal(without(readFileSync(join(to, 'marks.csv'), 'utf8')), csv);

    // From the beginning, the same.
    rmSync(to, { recursive: true });
    await gradeInto(to, from);
    assert.equal(without(readFileSync(join(to, 'marks.csv'), 'utf8')), csv);
  });

  it('takes what the library has for an answer where a teacher allows it', async () => {
    const { from, to } = inbox({ 'ada.ipynb': entry('library by a helper') });
    const { stdout } = await gradeInto(to, from, '--allow-library');
    assert.match(stdout, /ada, 6 of 6/);
  });

  it('keeps the marks that are made when it is interrupted, leaves nothing running, and goes on', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, i) => [
        `learner${i}.ipynb`,
        entry('solved').replace('let sum = 0', `let sum = 0 * ${i}`),
      ]),
    );
    const { from, to } = inbox(files);
    const args = ['grade', from, '--assignment', '1', '--output', to, '--jobs', '1'];
    const running = startInceptionLab(...args);
    await running.said(/2 of 6/);
    running.interrupt('SIGINT');
    const { status, stderr } = await running.ended;
    assert.equal(status, 130);
    assert.match(stderr, /Interrupted: \d of 6 are marked.*same command again/);
    const rows = readFileSync(join(to, 'marks.csv'), 'utf8').trim().split('\n').slice(1);
    const marked = rows.length;
    // What was being checked when it ended is not marked, rather than marked as wrong.
    for (const row of rows) assert.match(row, /\b6,6\b/);
    assert.ok(marked >= 2 && marked < 6, `${marked} marked`);
    const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    assert.doesNotMatch(stdout, new RegExp(`answer/main.*${to}`));
    const again = await inceptionLab(...args);
    assert.equal(again.status, 0);
    assert.equal(again.stdout.match(/learner\d, 6 of 6/g)?.length, 6 - marked);
  });

  it('marks a part, in the same folder as other parts: the last one writes all', async () => {
    const names = ['ada', 'bob', 'cyd'];
    const files = names.map((name, i) => [
      `${name}.ipynb`,
      entry('solved').replace('let sum = 0', `let sum = 0 * ${i}`),
    ]);
    const { from, to } = inbox(Object.fromEntries(files) as Record<string, string>);
    const [first, second] = await Promise.all([
      gradeInto(to, from, '--shard', '1/2'),
      gradeInto(to, from, '--shard', '2/2'),
    ]);
    const markedBy = ({ stdout }: { stdout: string }) => stdout.match(/\w+(?=, 6 of 6)/g);
    assert.deepEqual([markedBy(first), markedBy(second)], [['ada', 'cyd'], ['bob']]);
    const csv = readFileSync(join(to, 'marks.csv'), 'utf8');
    assert.deepEqual(csv.match(/^\w+(?=,6,6)/gm), names);
  });

  it('is a job for Slurm, with all that it was told', async () => {
    const { from, to } = inbox({});
    const { stderr } = await gradeInto(to, from, '--slurm', '4', '--call-timeout', '7');
    assert.match(stderr, /^The job is in .+slurm\.sh, but could not be submitted: /m);
    const script = readFileSync(join(to, 'slurm.sh'), 'utf8');
    assert.match(script, /^#SBATCH --array=1-4$/m);
    assert.match(
      script,
      / 'grade' '.+' '--assignment' '1' .*'--call-timeout' '7'.* --shard "\$SLURM_ARRAY_TASK_ID\/4"/,
    );
  });

  it('says in a sentence what cannot be marked', async () => {
    const { from, to } = inbox({ 'ada.txt': 'none' });
    for (const [args, sentence] of [
      [
        [from, '--assignment', '77'],
        /^There is no lesson "77"\. Give a number or a name of: .*\n$/,
      ],
      [[from, '--assignment', '1'], /^There is no notebook in .*\n$/],
      [['/nowhere', '--assignment', '1'], /^There is no "\/nowhere"\. .*\n$/],
      [[from, '--assignment', '1', '--learner', 'x'], /^There is no notebook in .*\n$/],
    ] as const) {
      const { status, stderr } = await inceptionLab('grade', ...args, '--output', to);
      assert.equal(status, 1);
      assert.match(stderr, sentence);
    }
  });

  it('refuses to mark without bubblewrap where isolation is required', () => {
    const { from } = inbox({ 'ada.ipynb': entry('solved') });
    const { status, stderr } = spawnSync(
      process.execPath,
      ['dist/cli/main.js', 'grade', from, '--assignment', '1', '--isolation', 'required'],
      { env: { ...process.env, PATH: '/nowhere' }, encoding: 'utf8' },
    );
    assert.equal(status, 1);
    assert.match(stderr, /^Answers cannot be isolated: bubblewrap is not installed\. .*\n$/);
  });
});
