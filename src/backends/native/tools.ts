import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statfsSync } from 'node:fs';
import type { NativeKind } from './folder.js';

const tools = [
  { name: 'python3', args: ['--version'], debian: 'python3' },
  { name: 'pip for python3', args: ['-m', 'pip', '--version'], debian: 'python3-pip' },
  { name: 'a C++ compiler (c++)', args: ['--version'], debian: 'g++' },
] as const;

/** What is needed while building, the wheels that wait to be unpacked included. */
const gigabytes: Record<NativeKind, number> = { cpu: 1.5, cuda: 8, prebuilt: 2 };

/**
 * The build that suits this machine: for CUDA if it has an NVIDIA driver.
 */
export function defaultKind(): NativeKind {
  return hasNvidiaDriver() ? 'cuda' : 'cpu';
}

function hasNvidiaDriver(): boolean {
  if (existsSync('/proc/driver/nvidia/version')) return true;
  // Not every user has the system's own programs on the path.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  const { stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env });
  return (stdout as string | null)?.includes('libcuda.so.1') ?? false;
}

/**
 * @throws Error if there are no wheels with TensorFlow's library for this kind of machine.
 */
export function requirePlatform(platform: string, architecture: string): void {
  if (platform === 'linux' && architecture === 'x64') return;
  throw new Error(
    `The native backend is built on Linux x64 only, but this is ${platform} ${architecture}. ` +
      "Take the package's own binary with --prebuilt, or do without: WebGPU and WebAssembly need no build.",
  );
}

/**
 * @throws Error that names every program that is missing, and the Debian packages that have them.
 */
export function requireTools(): void {
  const missing = tools.filter(({ name, args }) => {
    const command = name.startsWith('a C++') ? 'c++' : 'python3';
    return spawnSync(command, args, { stdio: 'ignore' }).status !== 0;
  });
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  const packages = missing.map(({ debian }) => debian).join(' ');
  throw new Error(
    `The native backend cannot be built: ${names} ${missing.length > 1 ? 'are' : 'is'} missing. ` +
      `On Debian and Ubuntu: apt install ${packages}`,
  );
}

/**
 * @throws Error if the disk that holds `folder` is too full for a build.
 */
export function requireSpace(kind: NativeKind, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / 1e9;
  if (free >= gigabytes[kind]) return;
  throw new Error(
    `Building for ${kind} takes ${gigabytes[kind]} GB, but ${folder} has only ${free.toFixed(1)} GB free. ` +
      'Make room, or name a folder on another disk with INCEPTION_LAB_NATIVE.',
  );
}
