import { spawn, type SpawnOptions } from 'node:child_process';

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The compiled command, running as a user's would. */
export interface Running {
  /** Resolves to what matched, as soon as the command has printed it. */
  readonly said: (pattern: RegExp) => Promise<string>;
  readonly pid: number;
  /** What Ctrl-C does, or another signal. */
  readonly interrupt: (signal?: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

export function startInceptionLab(...args: string[]): Running {
  return startWithNode([], ...args);
}

/** @param options of Node itself */
export function startWithNode(options: readonly string[], ...args: string[]): Running {
  return startProgram(process.execPath, [...options, 'dist/cli/main.js', ...args]);
}

/** Starts a program; where it is `detached`, signals go to all that it has started, as Ctrl-C does. */
export function startProgram(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env' | 'detached'> = {},
): Running {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      text[name] += chunk.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (status) => {
      resolve({ status, ...text });
    });
  });
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [found] = pattern.exec(text.stdout) ?? [];
        if (found !== undefined) resolve(found);
      };
      look();
      child.stdout.on('data', look);
      child.on('close', () => {
        reject(new Error(`The command ended without saying ${pattern.source}: ${text.stderr}`));
      });
    });
  const pid = child.pid ?? 0;
  const interrupt = (signal: NodeJS.Signals = 'SIGINT') => {
    if (options.detached && pid !== 0) process.kill(-pid, signal);
    else child.kill(signal);
  };
  return { said, pid, interrupt, ended };
}

/** Runs the compiled command to its end. */
export function inceptionLab(...args: string[]): Promise<Ended> {
  return startInceptionLab(...args).ended;
}
