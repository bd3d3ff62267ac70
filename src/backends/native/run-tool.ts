import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

interface ToolOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the tool is wanted for, for the error. */
  readonly purpose: string;
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program to its end.
 *
 * @throws Error with the last lines that it wrote, if it fails or is not there.
 */
export function runTool(
  command: string,
  args: readonly string[],
  { cwd, env, purpose, onLine }: ToolOptions,
): Promise<void> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows npm is a script.
    shell: process.platform === 'win32' && command === 'npm',
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      onLine?.(line);
      if (line.trim() !== '') said.push(line);
      if (said.length > 8) said.shift();
    });
  }
  return new Promise((resolve, reject) => {
    const fail = (how: string) => {
      reject(new Error(`${purpose} failed: ${how}${['', ...said].join('\n  ')}`));
    };
    child.on('error', (error) => {
      fail(error.message);
    });
    child.on('close', (status, signal) => {
      if (status === 0) resolve();
      else fail(`${command} ended with ${signal ?? `status ${status ?? '?'}`}`);
    });
  });
}
