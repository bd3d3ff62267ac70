import assert from 'node:assert/strict';
import { existsSync, realpathSync } from 'node:fs';
import { cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { repository } from './support/repository.js';
import { runCommand, succeed, type Ended } from './support/run-command.js';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Copies what a clone would have: tracked files, and those that are about to be. */
async function copyRepository(target: string): Promise<void> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = (await succeed('git', args, { cwd: repository })).split('\0').filter(Boolean);
  for (const name of names.filter((name) => existsSync(join(repository, name)))) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await cp(join(repository, name), join(target, name));
  }
}

/** A PATH with Node and npm on it, and the system's own programs, but nothing that we installed. */
async function barePath(): Promise<string> {
  const folder = temporaryFolder();
  const beside = dirname(process.execPath);
  for (const name of ['node', 'npm', 'npx']) {
    await symlink(realpathSync(join(beside, name)), join(folder, name));
  }
  return [folder, '/usr/bin', '/bin'].join(':');
}

describe('A fresh clone', () => {
  let clone: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    clone = temporaryFolder();
    await copyRepository(clone);
    env = { ...process.env, PATH: await barePath() };
  });

  function npmStart(): Promise<Ended> {
    return runCommand('npm', ['start', '--', '--no-serve'], { cwd: clone, env });
  }

  it('runs the course with "npm start" as its first command', async () => {
    assert.ok(!existsSync(join(clone, 'node_modules')));
    const { status, stdout, stderr } = await npmStart();
    assert.equal(status, 0, stdout + stderr);
    const lessons = await readdir(join(repository, 'notebooks'));
    assert.deepEqual(await readdir(join(clone, 'build', 'notebooks')), lessons);
    const pages = await readdir(join(clone, 'build', 'site'));
    for (const lesson of lessons) {
      assert.ok(pages.includes(lesson.replace('.ipynb', '.html')), lesson);
    }
  });

  it('finds every lesson unchanged the second time', async () => {
    const lessons = await readdir(join(repository, 'notebooks'));
    const { status, stdout, stderr } = await npmStart();
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, new RegExp(`^Lessons: 0 run, ${lessons.length} unchanged\\.`, 'm'));
    assert.doesNotMatch(stdout, /Installing|Compiling/);
  });
});
