import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { answersEnvironment, filterFile, type AnswersLibrary } from './answers-library.js';

/** How answers are kept from everything else, the best first. */
export type Isolation = 'bubblewrap' | 'permissions';

export interface Limits {
  /** Megabytes of memory that can be written to: JavaScript's, tensors' and code's. */
  readonly memory: number;
  /** Seconds of processor time. */
  readonly processorTime: number;
}

/** How a process is started. */
export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Files that it gets open, from descriptor 5 on. */
  readonly files: readonly string[];
}

/** In words, for reports. */
export const isolationInWords: Readonly<Record<Isolation, string>> = {
  bubblewrap:
    'bubblewrap: no network, no other processes, no files but the library, nothing to write to',
  permissions:
    "Node's permissions: no files but the library, no other processes; the network is not blocked",
};

/** What keeps answers apart on this machine. */
export function findIsolation(): { readonly isolation: Isolation; readonly why?: string } {
  const trial = spawnSync(
    'bwrap',
    ['--unshare-all', '--die-with-parent', '--ro-bind', '/', '/', process.execPath, '--version'],
    { encoding: 'utf8' },
  );
  if (trial.status === 0) return { isolation: 'bubblewrap' };
  const why = trial.error
    ? 'bubblewrap is not installed'
    : `bubblewrap says: ${trial.stderr.trim()}`;
  return { isolation: 'permissions', why };
}

/** The command that starts a process in which answers run. */
export function confined(
  isolation: Isolation,
  library: AnswersLibrary,
  limits: Limits,
): CommandLine {
  const { folder } = library;
  const main = join(folder, 'dist/grading/answer/main.js');
  const node = realpathSync(process.execPath);
  const heap = `--max-old-space-size=${Math.floor(limits.memory / 2)}`;
  const common = { cwd: folder, env: answersEnvironment(folder) };
  if (isolation === 'bubblewrap') {
    const filter = existsSync(join(folder, filterFile)) ? [join(folder, filterFile)] : [];
    const walls = [...bubblewrap(library, node), ...(filter[0] ? ['--seccomp', '5'] : []), '--'];
    const args = [...walls, node, heap, main];
    return { ...common, ...limited('bwrap', args, limits), files: filter };
  }
  const readable = [folder, ...library.packages].map((path) => `--allow-fs-read=${path}/*`);
  const args = [...permissionFlags(), ...readable, heap, main];
  return { ...common, ...limited(node, args, limits), files: [] };
}

function bubblewrap({ folder, packages }: AnswersLibrary, node: string): string[] {
  const system = ['/usr/lib', '/usr/lib64', '/lib', '/lib64', '/etc/ld.so.cache'];
  const readOnly = [...new Set([...packages, folder, node])];
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...system.flatMap((path) => ['--ro-bind-try', path, path]),
    ...readOnly.flatMap((path) => ['--ro-bind', path, path]),
    ...packages.flatMap(hideThisPackage),
    ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev', '--remount-ro', '/'],
    ...['--chdir', folder],
  ];
}

/** Where packages lie that others have installed, this one lies too, lessons and all. */
function hideThisPackage(packages: string): string[] {
  const own = join(packages, 'inception-lab');
  if (!existsSync(own) || realpathSync(own) !== own) return [];
  return ['--tmpfs', own, '--remount-ro', own];
}

/** Under `prlimit`, where there is one. */
function limited(
  file: string,
  args: readonly string[],
  { memory, processorTime }: Limits,
): Pick<CommandLine, 'file' | 'args'> {
  if (!hasPrlimit()) return { file, args };
  const limits = [
    ...[`--data=${memory * 1e6}`, `--cpu=${processorTime}`, '--fsize=1000000', '--core=0'],
    ...['--nofile=256', '--'],
  ];
  return { file: 'prlimit', args: [...limits, file, ...args] };
}

let prlimit: boolean | undefined;

function hasPrlimit(): boolean {
  prlimit ??= spawnSync('prlimit', ['--version']).status === 0;
  return prlimit;
}

/** From Node 23.5 on it is no experiment any more. */
function permissionFlags(): string[] {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isStable = major > 23 || (major === 23 && minor >= 5);
  return [
    isStable ? '--permission' : '--experimental-permission',
    '--allow-addons',
    '--no-warnings',
  ];
}
