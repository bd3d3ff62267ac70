import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseBackendName, type BackendReport } from './use-backend.js';

type Answer = { report: BackendReport } | { problem: string };

/**
 * What `useBackend` would say in a new process, whose environment is this one's.
 *
 * @param preference as a user typed it
 * @throws Error if the name is unknown, or if the backend that was asked for cannot start.
 */
export async function probeBackend(preference?: string): Promise<BackendReport> {
  const wish =
    preference === undefined ? {} : { INCEPTION_LAB_BACKEND: parseBackendName(preference) };
  const child = fork(fileURLToPath(new URL('./probe.js', import.meta.url)), {
    env: { ...process.env, ...wish },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const answer = await new Promise<Answer>((resolve) => {
    child.on('message', resolve);
    child.on('close', (code, signal) => {
      resolve({
        problem: `The backend's process ended with ${signal ?? `status ${code ?? 'unknown'}`}.`,
      });
    });
  });
  child.kill();
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.report;
}
