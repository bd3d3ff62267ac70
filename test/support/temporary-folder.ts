import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder outside of the repository, gone when the tests end. */
export function temporaryFolder(): string {
  return newFolder(realpathSync(tmpdir()));
}

/** A new folder inside the repository, whence notebooks find the library; gone when the tests end. */
export function temporaryFolderInside(): string {
  const build = join(process.cwd(), 'build');
  mkdirSync(build, { recursive: true });
  return newFolder(build);
}

function newFolder(parent: string): string {
  const folder = mkdtempSync(join(parent, 'inception-lab-'));
  folders.push(folder);
  return folder;
}
