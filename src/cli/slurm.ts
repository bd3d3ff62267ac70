import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';

export interface SlurmJob {
  readonly study: string;
  /** How many tasks the array has: one a run. */
  readonly runs: number;
  /** A folder that all machines of the cluster share. */
  readonly results: string;
  /** What follows `study run NAME`. */
  readonly flags: readonly string[];
}

/** A job array for Slurm: each task does one run, and a task that is killed is queued again. */
export function sbatchScript({ study, runs, results, flags }: SlurmJob): string {
  const program = fileURLToPath(new URL('./main.js', import.meta.url));
  const command = [process.execPath, program, 'study', 'run', study, ...flags];
  return `#!/bin/bash
#SBATCH --job-name=${study}
#SBATCH --array=1-${runs}
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=${join(resolve(results), study, 'slurm-%a.log')}
${command.map(quote).join(' ')} --results ${quote(resolve(results))} --shard "$SLURM_ARRAY_TASK_ID/${runs}"
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
 * Writes the job beside the results, and submits it.
 *
 * @returns what `sbatch` says
 * @throws Error if there is no Slurm, or it refuses the job; the script is there all the same.
 */
export async function submit(job: SlurmJob): Promise<string> {
  const folder = join(job.results, job.study);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'slurm.sh');
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
