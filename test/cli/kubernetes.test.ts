import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { kubernetesManifest } from '../../dist/cli/kubernetes.js';
import { inceptionLab } from '../support/command.js';

/** Of Kubernetes 1.37, strict: what it does not know is an error. */
const schema = JSON.parse(readFileSync('test/fixtures/kubernetes-job-1.37.json', 'utf8')) as object;
const isJob = new Ajv2020({
  strict: false,
  formats: { int32: true, int64: true, 'date-time': true },
}).compile(schema);

interface Job {
  metadata: { name: string };
  spec: {
    completionMode: string;
    completions: number;
    parallelism: number;
    template: { spec: { containers: [{ command: string[]; resources?: object }] } };
  };
}

const job = {
  ...{ name: 'residual', study: 'residual', runs: 15, flags: ['--only', "it's"] },
  ...{ image: 'lab', claim: 'shared' },
  ...{ parallelism: 20, gpus: 1 },
};

describe('A job for Kubernetes', () => {
  it('is valid by the schema of Kubernetes, which refuses what it does not know', () => {
    const manifest = parse(kubernetesManifest(job)) as Job;
    assert.ok(isJob(manifest), JSON.stringify(isJob.errors));
    assert.ok(!isJob({ ...manifest, spec: { ...manifest.spec, completionsMode: 'Indexed' } }));
    assert.ok(!isJob({ ...manifest, kind: 'Jobs' }));
  });

  it('is indexed: a pod for each final run, which does that part of the study', () => {
    const { spec } = parse(kubernetesManifest(job)) as Job;
    assert.deepEqual(
      [spec.completionMode, spec.completions, spec.parallelism],
      ['Indexed', 15, 15],
    );
    const [{ command, resources }] = spec.template.spec.containers;
    assert.deepEqual(command.slice(0, 2), ['/bin/sh', '-c']);
    assert.equal(
      command[2],
      "exec inception-lab study run residual --only 'it'\\''s' --results /results " +
        '--shard "$((JOB_COMPLETION_INDEX + 1))/15"',
    );
    assert.deepEqual(resources, { limits: { 'nvidia.com/gpu': 1 } });
  });

  it('is printed by a command', async () => {
    const { status, stdout } = await inceptionLab(
      ...['study', 'run', 'residual', '--kubernetes', '--only', 'blocks-5-10-5'],
      ...['--large', '--image', 'registry.example/lab:1', '--parallelism', '4'],
    );
    assert.equal(status, 0);
    const manifest = parse(stdout) as Job;
    assert.ok(isJob(manifest), JSON.stringify(isJob.errors));
    assert.equal(manifest.spec.parallelism, 4);
    assert.match(stdout, /--large/);
  });
});
