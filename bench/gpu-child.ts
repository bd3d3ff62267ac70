import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended; `null`: it ran past its time. */
export interface Ended {
  readonly status: number | null;
  /** stdout and stderr, as they came. */
  readonly output: string;
}

/** Runs a command in the repository's or the bundle's folder; it is ended with all its own processes. */
export function childOf(
  [file = '', ...args]: readonly string[],
  seconds: number,
  env: Readonly<Record<string, string>> = {},
  onLine: (line: string) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let [output, isLate] = ['', false];
    const take = (chunk: Buffer) => {
      const text = chunk.toString();
      output = (output + text).slice(-200_000);
      for (const line of text.split('\n')) if (line.trim() !== '') onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const timer = setTimeout(() => {
      isLate = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, seconds * 1000);
    const finish = (status: number | null) => {
      clearTimeout(timer);
      resolve({ status: isLate ? null : status, output });
    };
    child.on('error', ({ message }) => {
      output += message;
      finish(127);
    });
    child.on('close', (status) => {
      finish(status ?? 1);
    });
  });
}

/** The last line that is an object, which our scripts end with. */
export function lastJson({ output }: Ended): Record<string, unknown> | undefined {
  const line = output
    .trim()
    .split('\n')
    .reverse()
    .find((one) => one.startsWith('{'));
  return line === undefined ? undefined : (JSON.parse(line) as Record<string, unknown>);
}
