import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';

export interface SlurmJob {
  readonly name: string;
  /** What its script and its logs are called, without endings. Default: `'slurm'` */
  readonly file?: string;
  /** How many tasks the array has. */
  readonly tasks: number;
  /** Where the job and its logs are, an absolute path; all machines of the cluster share it. */
  readonly folder: string;
  /** What follows `inception-lab`, `--shard` aside. */
  readonly command: readonly string[];
}

/** A job array for Slurm: each task does one part, and a task that is killed is queued again. */
export function sbatchScript(job: SlurmJob): string {
  const { name, file = 'slurm', tasks, folder, command } = job;
  const program = fileURLToPath(new URL('./main.js', import.meta.url));
  const words = [process.execPath, program, ...command];
  return `#!/bin/bash
#SBATCH --job-name=${name}
#SBATCH --array=1-${tasks}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output="${join(folder.replaceAll('%', '%%'), `${file}-%a.log`)}"
${words.map(quote).join(' ')} --shard "$SLURM_ARRAY_TASK_ID/${tasks}"
status=$?
# Slurm itself queues a task again when its machine fails, but not when its process is killed.
if [ "$status" -gt 128 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt 5 ]; then
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$status"
`;
}

/** As a shell takes it, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Writes the job into its folder, and submits it.
 *
 * @returns what `sbatch` says
 * @throws Error if there is no Slurm, or it refuses the job; the script is there all the same.
 */
export async function submit(job: SlurmJob): Promise<string> {
  await mkdir(job.folder, { recursive: true });
  const path = join(job.folder, `${job.file ?? 'slurm'}.sh`);
  await writeFileAtomic(path, sbatchScript(job));
  try {
    const { stdout } = await promisify(execFile)('sbatch', [path]);
    return stdout.trim();
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string };
    const why = code === 'ENOENT' ? 'there is no sbatch here' : stderr.trim();
    throw new Error(`The job is in ${path}, but could not be submitted: ${why}.`, { cause: error });
  }
}
