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
    const args = ['dist/cli/main.js', 'study', 'show', 'residual'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const said: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
    const [status] = (await once(child, 'close')) as [number];
    assert.deepEqual([status, Buffer.concat(said).toString()], [141, '']);
  });

  it('shows what has been committed: all runs, a table, and a sentence for each claim', async () => {
    const { status, stdout } = await inceptionLab('study', 'show', 'residual');
    assert.equal(status, 0);
    assert.match(stdout, /\| with shortcuts +\| 3 \| 146,890 \| 25\.0 \|/);
    assert.equal(stdout.match(/^- "With shortcuts, .+ At this size/gm)?.length, 2);
    assert.match(stdout, /^9 of 9 runs are done\.$/m);
  });

  it('has written docs/ablations.md, which is not stale', async () => {
    const output = join(temporaryFolder(), 'ablations.md');
    const { status } = await inceptionLab('study', 'report', '--output', output);
    assert.equal(status, 0);
    assert.equal(readFileSync('docs/ablations.md', 'utf8'), readFileSync(output, 'utf8'));
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
      /Give a part and how many there are/,
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

  it('says how to get the pictures, where they are not there', async () => {
    const cache = temporaryFolder();
    const { status, stderr } = await withEnvironment({ XDG_CACHE_HOME: cache }, () =>
      inceptionLab('study', 'run', 'residual', '--backend', 'cpu', '--results', temporaryFolder()),
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^1 of 9: with shortcuts, seed 1: fashion-mnist is not there yet\. Fetch it with: npx inception-lab data fashion-mnist$/m,
    );
    assert.match(stderr, /^2 of 9: without shortcuts, seed 1: failed for the same reason$/m);
    assert.match(stderr, /^9 of 9 runs failed\.$/m);
  });
});

describe('A job for Slurm', () => {
  const job = { study: 'residual', runs: 9, results: "/shared/my 'results'", flags: ['--small'] };

  it('is an array of a task a run, each a part of the study, and queued again when killed', () => {
    const script = sbatchScript(job);
    assert.match(script, /^#SBATCH --array=1-9$/m);
    assert.match(script, /^#SBATCH --requeue$/m);
    assert.ok(
      script.includes(
        `'study' 'run' 'residual' '--small' --results '/shared/my '\\''results'\\'''`,
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
