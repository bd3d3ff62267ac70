import { execFile } from 'node:child_process';

/** A program that has ended. */
export interface Ended {
  /** `null` if it could not be started, or a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment. Default: that of the tests. */
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end, whatever its status, without a shell and without input. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const limits = { maxBuffer: 2 ** 28, timeout: 540_000 };
    const child = execFile(command, args, { ...options, ...limits }, (error, stdout, stderr) => {
      // A program that cannot be started has a negative status of Node's own making.
      resolve({ status: error && child.pid === undefined ? null : child.exitCode, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/**
 * Runs a program that has to succeed.
 *
 * @returns what it wrote to stdout
 * @throws Error with all that it wrote, if its status is not 0.
 */
export async function succeed(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { status, stdout, stderr } = await runCommand(command, args, options);
  if (status === 0) return stdout;
  const line = [command, ...args].join(' ');
  throw new Error(`"${line}" ended with status ${status ?? 'none'}:\n${stdout}\n${stderr}`);
}
