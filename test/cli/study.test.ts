import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sbatchScript } from '../../dist/cli/slurm.js';
import { claimFolder } from '../../dist/training/claim.js';
import { crops } from '../../dist/training/studies/evaluation/declaration.js';
import type { NetworkResult } from '../../dist/training/studies/evaluation/evaluate-network.js';
import { pack } from '../../dist/training/studies/evaluation/pack.js';
import { Evaluations } from '../../dist/training/studies/evaluation/stored.js';
import { findStudy, studies } from '../../dist/training/studies/index.js';
import { Results } from '../../dist/training/studies/results.js';
import { runId, type RunConfig, type RunResult } from '../../dist/training/studies/run.js';
import { anyRun, planOf } from '../../dist/training/studies/runs.js';
import { inceptionLab, startInceptionLab, startWithNode } from '../support/command.js';
import { withEnvironment } from '../support/environment.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { resultOf } from '../training/studies/result-of.js';

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

  it('has written docs/ablations.md and its digest, which are not stale (npx inception-lab study report)', async () => {
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
    [
      'a comparison to price that there is not',
      ['price', 'residual', '--only', 'deep'],
      /^The study residual has no comparison "deep"\. Choose one of: /m,
    ],
    [
      'a comparison to export that there is not',
      ['export', 'residual', '--csv', '--only', 'deep'],
      /^The study residual has no comparison "deep"\. Choose one of: /m,
    ],
    [
      'a price of evaluations',
      ['price', 'evaluation'],
      /^The study evaluation trains no network, so it has no price of its own\. Price the study whose networks it evaluates: residual\.\n$/,
    ],
    [
      'evaluations on a cluster, in stages, of a comparison',
      ['run', 'evaluation', '--kubernetes', '--stage', 'final', '--only', 'deep'],
      /^The study evaluation does not take --only, --stage and --kubernetes: it has one comparison, no stages, and no job for a cluster\.\n$/,
    ],
    [
      'what is for pods, without them',
      ['run', 'residual', '--image', 'lab'],
      /^--image goes with --kubernetes alone: give that too, or leave it out\.\n$/,
    ],
    [
      'a part of what a cluster does in parts',
      ['run', 'residual', '--kubernetes', '--shard', '1/2'],
      /'--kubernetes' cannot be used with option '--shard <i\/n>'/,
    ],
    [
      'tasks that choose learning rates, where they are given',
      ['run', 'dropout', '--kubernetes', '--stage', 'tuning'],
      /^The study dropout has no runs to choose learning rates: leave out --stage tuning\.\n$/,
    ],
    [
      'a report in a folder that is not there',
      ['report', '--output', '/nowhere/x.md'],
      /There is no folder \/nowhere\. Make it, or give another file\.\n$/,
    ],
    [
      'a report that is to be a folder',
      ['report', '--output', 'docs'],
      /That is a folder\. Give a file in it\.\n$/,
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

describe('Results that are unlike the others', () => {
  const { final } = planOf(findStudy('label-smoothing'), 'small', []);
  const [first, second] = final as [RunConfig, RunConfig];

  /** A folder of these, and what a command prints of it. */
  async function withResults(results: readonly RunResult[], command: string, ...more: string[]) {
    const folder = temporaryFolder();
    const stored = new Results(folder);
    for (const result of results) await stored.write(result);
    const args = ['label-smoothing', '--small', '--results', folder, ...more];
    return { folder, ...(await inceptionLab('study', command, ...args)) };
  }

  for (const [command, ...more] of [['show'], ['export', '--csv']] as const) {
    const both = (change: Partial<RunResult>) => [
      resultOf(first, 0.5),
      resultOf(second, 0.25, change),
    ];

    it(`of another backend are refused by study ${command}`, async () => {
      const { status, stderr } = await withResults(both({ backend: 'wasm' }), command, ...more);
      assert.equal(status, 1);
      assert.match(stderr, /^The results of labels would be mixed: (cpu and wasm|wasm and cpu)\. /);
    });

    it(`of another version are counted by study ${command}, and left out`, async () => {
      const config = { ...second, training: { ...second.training, epochs: 12 } };
      const others = [...both({}), resultOf(config, 0.1)];
      const { status, stdout, stderr, folder } = await withResults(others, command, ...more);
      assert.equal(status, 0);
      const [one] = stderr.split('\n');
      assert.equal(
        one,
        `1 result in ${folder}/label-smoothing is of another version of this study, and is left out.`,
      );
      assert.doesNotMatch(stdout, new RegExp(runId(config)));
    });
  }

  it('of another version are told once by study run', async () => {
    const versions = [12, 13].map((epochs) =>
      resultOf({ ...second, training: { ...second.training, epochs } }, 0.1),
    );
    const done = [resultOf(first, 0.5), resultOf(second, 0.5), ...versions];
    const { status, stderr, folder } = await withResults(done, 'run', '--backend', 'cpu');
    assert.deepEqual(
      [status, stderr],
      [
        0,
        `2 results in ${folder}/label-smoothing are of other versions of this study, and are left out.\n`,
      ],
    );
  });

  it('have no curve, since all have diverged at once: there is a table, and no picture', async () => {
    const diverged = { curve: [], diverged: 'The loss is NaN.' };
    const done = [first, second].map((config) => resultOf(config, 1, diverged));
    const { status, stdout, stderr } = await withResults(done, 'show');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /\| 1 diverged \| 100\.0 /);
    assert.doesNotMatch(stdout, /^Picture: /m);
  });

  it('are too few to judge claims by', async () => {
    const done = [first, second].map((config) => resultOf(config, 0.5));
    const { stdout } = await withResults(done, 'show');
    assert.match(stdout, /^Too few seeds to judge 1 claim: it takes 3\.$/m);
  });

  it('are of one comparison alone, where that is exported', async () => {
    const args = ['residual', '--csv', '--only', 'blocks-1-1-1'];
    const { stdout } = await inceptionLab('study', 'export', ...args);
    const [, ...rows] = stdout.trim().split('\n');
    assert.ok(rows.length > 0);
    assert.ok(rows.every((row) => row.includes(',blocks-1-1-1,')));
  });
});

describe('Runs that other processes do', () => {
  it('are waited for', async () => {
    const results = temporaryFolder();
    const stored = new Results(results);
    const { final } = planOf(findStudy('label-smoothing'), 'small', []);
    const releases = await Promise.all(final.map((config) => stored.claim(config)));
    const { said, ended } = startInceptionLab(
      ...['study', 'run', 'label-smoothing', '--small', '--backend', 'cpu', '--results', results],
    );
    await said(/^Waiting for 2 final runs that other processes are doing\.$/m);
    await stored.write(resultOf(final[0]!, 0.5));
    await said(/^Waiting for 1 final run that other processes are doing\.$/m);
    await stored.write(resultOf(final[1]!, 0.5));
    for (const release of releases) await release!();
    const { status, stdout, stderr } = await ended;
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /2 of 2 final runs are done\.$/m);
  });
});

describe('Evaluations', () => {
  const study = findStudy('residual');
  const part = { study, comparison: study.comparisons[0]!, size: 'small' as const };
  const networks = ['with shortcuts', 'plain Inception'].map((arm) => {
    const config = anyRun(part, arm)!;
    return { ...config, training: { ...config.training, learningRate: 0.2 } };
  });

  function evaluationOf(config: RunConfig, backend: 'cpu' | 'wasm' = 'cpu'): NetworkResult {
    const { comparison, arm, seed } = config;
    const rows = Array.from({ length: 40 }, () => [1, ...Array<number>(9).fill(0)]);
    return {
      ...resultOf(config, 0.5, { backend }),
      config: { study: 'evaluation', comparison, arm, seed, of: runId(config), test: 40 },
      labels: '01'.repeat(20),
      probabilities: Object.fromEntries(crops.map((count) => [count, pack(rows)])),
    };
  }

  it('that other processes do are waited for', async () => {
    const results = temporaryFolder();
    const stored = new Results(results);
    for (const config of networks) await stored.write(resultOf(config, 0.5));
    const claims = networks.map((config) => claimFolder(`${stored.scratch(config)}.evaluation`));
    const releases = await Promise.all(claims);
    const { said, ended } = startInceptionLab(
      ...['study', 'run', 'evaluation', '--small', '--backend', 'cpu', '--results', results],
    );
    await said(/^Waiting for 2 networks that other processes are evaluating\.$/m);
    for (const config of networks) await new Evaluations(results).write(evaluationOf(config));
    for (const release of releases) await release!();
    const { status, stdout, stderr } = await ended;
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^Too few seeds to judge 2 claims: it takes 3\.\n\n2 networks are/m);
  });

  for (const command of [['show'], ['export', '--csv']]) {
    it(`of two backends are refused by study ${command[0]}`, async () => {
      const results = temporaryFolder();
      const [first, second] = networks as [RunConfig, RunConfig];
      await new Evaluations(results).write(evaluationOf(first));
      await new Evaluations(results).write(evaluationOf(second, 'wasm'));
      const args = ['evaluation', '--small', '--results', results];
      const [name = '', ...more] = command;
      const { status, stderr } = await inceptionLab('study', name, ...args, ...more);
      assert.equal(status, 1);
      assert.match(stderr, /^The results of blocks-5-10-5 would be mixed: /);
    });
  }
});

describe('A disk that is full', () => {
  it('is told with the file and what to do, and what is done so far stays', async () => {
    const results = temporaryFolder();
    const stored = new Results(results);
    const { final } = planOf(findStudy('label-smoothing'), 'small', []);
    await stored.write(resultOf(final[0]!, 0.5));
    const { status, stderr } = await startWithNode(
      ['--import=./test/support/full-disk.mjs'],
      ...['study', 'run', 'label-smoothing', '--small', '--backend', 'cpu', '--results', results],
    ).ended;
    assert.equal(status, 1);
    assert.match(stderr, /^final run 2 of 2: .+: Cannot write ".+process": ENOSPC: .+, write\.$/m);
    assert.match(stderr, /^Cannot write ".+small-labels\.svg": ENOSPC: /m);
    assert.match(
      stderr,
      /^1 run failed\. What is done so far is kept\. Make room or give another --results folder, and run the study again: it goes on\.\n$/m,
    );
    assert.ok(!existsSync(join(stored.scratch(final[1]!), 'process')));
    assert.equal((await stored.read('label-smoothing')).results.length, 1);
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
    assert.match(script, /^#SBATCH --output="\/shared\/my 'results'\/slurm-%a\.log"$/m);
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

describe('Jobs for parts of a study', () => {
  const part = ['--small', '--only', 'blocks-1-1-1', '--stage', 'tuning'];

  it('are of other files for Slurm, and do their stage', async () => {
    const results = temporaryFolder();
    await withEnvironment({ PATH: '/nowhere' }, () =>
      inceptionLab('study', 'run', 'residual', '--slurm', '--results', results, ...part),
    );
    const path = join(results, 'residual', 'slurm-blocks-1-1-1-small-tuning.sh');
    const script = readFileSync(path, 'utf8');
    assert.match(script, /^#SBATCH --job-name=residual-blocks-1-1-1-small-tuning$/m);
    assert.match(script, /^#SBATCH --array=1-6$/m);
    assert.match(script, /slurm-blocks-1-1-1-small-tuning-%a\.log"$/m);
    assert.match(script, /'--stage' 'tuning'/);
  });

  it('have other names for Kubernetes, which it can take', async () => {
    const { stdout } = await inceptionLab('study', 'run', 'residual', '--kubernetes', ...part);
    assert.match(stdout, /^ {2}name: inception-lab-residual-blocks-1-1-1-small-tuning$/m);
    assert.match(stdout, /--stage tuning/);
    for (const { name, comparisons } of studies) {
      for (const comparison of comparisons) {
        const longest = `inception-lab-${name}-${comparison.name}-small-tuning-99`;
        assert.match(longest, /^[a-z0-9-]{1,63}$/);
      }
    }
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
