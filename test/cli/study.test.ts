import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sbatchScript } from '../../dist/cli/slurm.js';
import { inceptionLab } from '../support/command.js';
import { withEnvironment } from '../support/environment.js';
import { temporaryFolder } from '../support/temporary-folder.js';

describe('inception-lab study', () => {
  it('lists the studies with their questions', async () => {
    const { status, stdout } = await inceptionLab('study', 'list');
    assert.equal(status, 0);
    assert.match(stdout, /^residual {2}Does an Inception network with shortcuts learn faster/m);
  });

  it('ends without a word when nobody reads on', async () => {
    const args = ['dist/cli/main.js', 'study', 'show', 'label-smoothing'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    const [status] = (await once(child, 'close')) as [number];
    assert.deepEqual([status, Buffer.concat(said).toString()], [141, '']);
  });

  it('shows what has been committed: tables, claims with their verdicts, and pictures', async () => {
    const { status, stdout } = await inceptionLab('study', 'show', 'label-smoothing');
    assert.equal(status, 0);
    assert.match(stdout, /\| no smoothing +\| 3 \| 0\.045 \| 140,394 \| 10\.0 \|/);
    assert.match(
      stdout,
      /^\| With labels smoothed by 0\.1, .+ \*\*(seen|not seen|the opposite)\*\*/m,
    );
    assert.match(stdout, /^Picture: studies\/label-smoothing\/full-labels\.svg$/m);
    assert.match(stdout, /0 of 0 runs to choose learning rates and 6 of 6 final runs are done\.$/m);
  });

  it('exports what has been committed: a row an epoch', async () => {
    const { status, stdout } = await inceptionLab('study', 'export', 'label-smoothing', '--csv');
    assert.equal(status, 0);
    const [head, ...rows] = stdout.trim().split('\n');
    assert.match(head!, /^run,study,comparison,arm,stage,seed,epoch,loss,top1,/);
    assert.equal(rows.length, 6 * 16);
    assert.match(rows[0]!, /^[0-9a-f]{12},label-smoothing,labels,no smoothing,final,1,1,/);
  });

  it('compares a results folder with itself: no difference, bit for bit', async () => {
    const { status, stdout } = await inceptionLab('study', 'compare', 'studies', 'studies');
    assert.equal(status, 0);
    assert.match(
      stdout,
      /labels, no smoothing, seed 1 \| native, native \| .+ \| none, bit for bit \|/,
    );
  });

  it('has written docs/ablations.md and its digest, which are not stale', async () => {
    const output = join(temporaryFolder(), 'ablations.md');
    const { status } = await inceptionLab('study', 'report', '--output', output);
    assert.equal(status, 0);
    assert.equal(readFileSync('docs/ablations.md', 'utf8'), readFileSync(output, 'utf8'));
    const digest = output.replace('.md', '.json');
    assert.equal(readFileSync('docs/ablations.json', 'utf8'), readFileSync(digest, 'utf8'));
  });

  for (const [problem, args, message] of [
    [
      'an unknown study',
      ['run', 'dropout-rate'],
      /^There is no study "dropout-rate"\. Choose one of: residual, residual-scale, label-smoothing,/m,
    ],
    [
      'a part that there is not',
      ['run', 'residual', '--shard', '4/3'],
      /Give a part and the number of parts/,
    ],
    [
      'a comparison that there is not',
      ['run', 'residual', '--only', 'deep'],
      /^The study residual has no comparison "deep"\. Choose one of: blocks-5-10-5, blocks-2-4-2,/m,
    ],
    [
      'two sizes at once',
      ['show', 'residual', '--small', '--large'],
      /^Give --small or --large, not both\.$/m,
    ],
    ['an export without a format', ['export', 'residual'], /^Say which format you want: --csv\.$/m],
    [
      'a folder to compare that is not there',
      ['compare', 'studies', '/nowhere'],
      /^There is no folder \/nowhere\.$/m,
    ],
    [
      'networks to evaluate that are not trained',
      ['run', 'evaluation', '--backend', 'cpu', '--results', '/nowhere'],
      /^There are no trained networks yet\. Train them with: npx inception-lab study run residual --only blocks-5-10-5$/m,
    ],
    [
      'results that are not there',
      ['show', 'residual', '--results', '/nowhere'],
      /^No run of residual is done\. Start it with:/m,
    ],
  ] as const) {
    it(`ends with one sentence and status 1 at ${problem}`, async () => {
      const { status, stderr } = await inceptionLab('study', ...args);
      assert.equal(status, 1);
      assert.match(stderr, message);
    });
  }

  it('says how to get the pictures, where they are not there, and goes on with the other runs', async () => {
    const cache = temporaryFolder();
    const args = ['--only', 'blocks-1-1-1', '--backend', 'cpu', '--results', temporaryFolder()];
    const { status, stderr } = await withEnvironment({ XDG_CACHE_HOME: cache }, () =>
      inceptionLab('study', 'run', 'residual', ...args),
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^tuning run 1 of 9: blocks-1-1-1, with shortcuts, rate 0\.01, seed 101: cifar10 has not been fetched yet\. Fetch it with: npx inception-lab data cifar10$/m,
    );
    assert.match(stderr, /^tuning run 2 of 9: .+: failed for the same reason$/m);
    assert.match(stderr, /^9 runs failed\.$/m);
  });
});

describe('A job for Slurm', () => {
  const results = "/shared/my 'results'";
  const command = ['study', 'run', 'residual', '--small', '--results', results];
  const job = { name: 'residual', tasks: 9, folder: results, command };

  it('is an array of a task a run, each a part of the study, and queued again when killed', () => {
    const script = sbatchScript(job);
    assert.match(script, /^#SBATCH --array=1-9$/m);
    assert.match(script, /^#SBATCH --requeue$/m);
    assert.ok(
      script.includes(
        `'study' 'run' 'residual' '--small' '--results' '/shared/my '\\''results'\\'''`,
      ),
    );
    assert.match(script, / --shard "\$SLURM_ARRAY_TASK_ID\/9"\nstatus=\$\?\n/);
    assert.match(script, /scontrol requeue "\$SLURM_JOB_ID"/);
  });

  it('is written where there is no Slurm, and that is said', async () => {
    const results = temporaryFolder();
    const run = () => inceptionLab('study', 'run', 'residual', '--slurm', '--results', results);
    const { status, stderr } = await withEnvironment({ PATH: '/nowhere' }, run);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^The job is in .+slurm\.sh, but could not be submitted: there is no sbatch here\.$/m,
    );
    assert.ok(existsSync(join(results, 'residual', 'slurm.sh')));
  });
});

describe('inception-lab data', () => {
  const folder = temporaryFolder();
  const files = ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte'];
  mkdirSync(join(folder, 'part'));
  for (const file of files) writeFileSync(join(folder, 'part', file), 'no pictures');
  writeFileSync(join(folder, 'broken.tgz'), 'no archive');
  for (const [problem, path, message] of [
    ['a folder that lacks a file', 'part', /part has no file t10k-labels-idx1-ubyte\.$/m],
    ['a path that is not there', 'none', /^There is no file or folder .+none\.$/m],
    ['what cannot be unpacked', 'broken.tgz', /broken\.tgz cannot be unpacked: /],
  ] as const) {
    it(`ends with one sentence and status 1 at ${problem}, and keeps nothing`, async () => {
      const cache = temporaryFolder();
      const run = () => inceptionLab('data', 'mnist', '--from', join(folder, path));
      const { status, stderr } = await withEnvironment({ XDG_CACHE_HOME: cache }, run);
      assert.equal(status, 1);
      assert.match(stderr, message);
      assert.deepEqual(readdirSync(join(cache, 'inception-lab', 'data')), []);
    });
  }

  it('refuses files that are not the published ones, and says which', async () => {
    const whole = join(folder, 'whole');
    mkdirSync(whole);
    for (const file of [...files, 't10k-labels-idx1-ubyte'])
      writeFileSync(join(whole, file), 'other');
    const run = () => inceptionLab('data', 'mnist', '--from', whole);
    const { status, stderr } = await withEnvironment({ XDG_CACHE_HOME: temporaryFolder() }, run);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /is not the published file: its SHA-256 is [0-9a-f]{64}, not [0-9a-f]{64}\./,
    );
  });
});
