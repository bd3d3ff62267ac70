import { execFile } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { guardLine } from '../answer/guard.js';
import { libraryMakers } from '../compile/library-makers.js';
import { systemCallFilter } from './system-calls.js';

/** What answers find of this package: what they can import, and nothing of what marks them. */
export interface AnswersLibrary {
  readonly folder: string;
  /** Folders with packages, nearest first. */
  readonly packages: readonly string[];
  readonly remove: () => Promise<void>;
}

export const packageFolder = fileURLToPath(new URL('../../../', import.meta.url));

/** In the library's folder. */
export const filterFile = 'system-calls.bpf';

const parts = ['dist', 'package.json', 'pictures', 'weights', 'src/lessons/clothes.png'];

/**
 * Copies the library without lessons, hidden tests and solutions, and sets a guard before what
 * exercises ask to build.
 */
export async function copyLibrary(): Promise<AnswersLibrary> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'inception-lab-answers-')));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    for (const part of parts) {
      await mkdir(dirname(join(folder, part)), { recursive: true });
      await cp(join(packageFolder, part), join(folder, part), {
        recursive: true,
        preserveTimestamps: true,
        filter: (source) => !source.endsWith('.map'),
      });
    }
    for (const { file, name } of libraryMakers()) {
      await appendFile(join(folder, 'dist', file), guardLine(name));
    }
    const filter = systemCallFilter();
    if (filter) await writeFile(join(folder, filterFile), filter);
    const packages = packageFolders();
    if (packages[0]) await symlink(packages[0], join(folder, 'node_modules'));
    await rememberBackend(folder);
    return { folder, packages, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Every folder from which packages are found, this one's own first. */
function packageFolders(): string[] {
  const found: string[] = [];
  for (let folder = packageFolder; ; folder = dirname(folder)) {
    const packages = basename(folder) === 'node_modules' ? folder : join(folder, 'node_modules');
    if (existsSync(packages) && !found.includes(packages)) found.push(realpathSync(packages));
    if (dirname(folder) === folder) return found;
  }
}

/**
 * Tries the backend once, outside: a confined process cannot start others to find out, and finds the
 * verdict in its cache.
 */
async function rememberBackend(folder: string): Promise<void> {
  const useBackend = pathToFileURL(join(folder, 'dist/backends/node/use-backend.js')).href;
  const script = `import { chooseBackend } from ${JSON.stringify(useBackend)}; await chooseBackend();`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    env: answersEnvironment(folder),
  });
}

/** All that an answer finds in its environment. */
export function answersEnvironment(folder: string): Record<string, string> {
  return {
    HOME: '/nowhere',
    INCEPTION_LAB_BACKEND: 'wasm',
    XDG_CACHE_HOME: join(folder, 'cache'),
  };
}
