import { existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { repository } from './repository.js';
import { succeed } from './run-command.js';

/** This repository on a machine that has Node and npm, and the system's own programs, alone. */
export interface FreshClone {
  readonly folder: string;
  /** Whose PATH has nothing on it that we installed. */
  readonly env: NodeJS.ProcessEnv;
}

export async function makeFreshClone(): Promise<FreshClone> {
  const folder = temporaryFolder();
  await copyRepository(folder);
  return { folder, env: { ...process.env, PATH: await barePath() } };
}

/** Copies what a clone would have: tracked files, and those that are about to be. */
async function copyRepository(target: string): Promise<void> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = (await succeed('git', args, { cwd: repository })).split('\0').filter(Boolean);
  for (const name of names.filter((name) => existsSync(join(repository, name)))) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await cp(join(repository, name), join(target, name));
  }
}

async function barePath(): Promise<string> {
  const folder = temporaryFolder();
  const beside = dirname(process.execPath);
  for (const name of ['node', 'npm', 'npx']) {
    await symlink(realpathSync(join(beside, name)), join(folder, name));
  }
  return [folder, '/usr/bin', '/bin'].join(':');
}
