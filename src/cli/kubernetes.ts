import { stringify } from 'yaml';

/** Where and how the pods run. */
export interface PodFlags {
  /** An image built from the package's Containerfile. Default: `'inception-lab'` */
  readonly image?: string | undefined;
  /** A volume claim that many pods may write to at once. Default: `'inception-lab-results'` */
  readonly claim?: string | undefined;
  /** How many pods compute at once. Default: 8 */
  readonly parallelism?: number | undefined;
  /** GPUs of a pod. Default: none */
  readonly gpus?: number | undefined;
}

export interface KubernetesJob extends PodFlags {
  /** Unlike that of another job of the study. */
  readonly name: string;
  readonly study: string;
  /** How many pods there are in all: one a run. */
  readonly runs: number;
  /** What follows `study run NAME`. */
  readonly flags: readonly string[];
}

/** Where the volume is in a pod. */
const mount = '/results';

/** An indexed job: each pod does one final run, and one that is killed is started again. */
export function kubernetesManifest(job: KubernetesJob): string {
  const {
    name,
    study,
    runs,
    flags,
    image = 'inception-lab',
    claim = 'inception-lab-results',
  } = job;
  const { parallelism = 8, gpus = 0 } = job;
  const words = ['inception-lab', 'study', 'run', study, ...flags, '--results', mount];
  const script = `exec ${words.map(quote).join(' ')} --shard "$((JOB_COMPLETION_INDEX + 1))/${runs}"`;
  const container = {
    name: 'study',
    image,
    command: ['/bin/sh', '-c', script],
    volumeMounts: [{ name: 'results', mountPath: mount }],
    ...(gpus > 0 && { resources: { limits: { 'nvidia.com/gpu': gpus } } }),
  };
  return stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `inception-lab-${name}` },
    spec: {
      completionMode: 'Indexed',
      completions: runs,
      parallelism: Math.min(parallelism, runs),
      backoffLimitPerIndex: 5,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [container],
          volumes: [{ name: 'results', persistentVolumeClaim: { claimName: claim } }],
        },
      },
    },
  });
}

/** As a shell takes it, whatever is in it. */
function quote(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
