import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { spawn, spawnSync } from 'node:child_process';
import type { Marked } from '../../dist/grading/report/marked.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { checkNames, fileOf, secrets, type SuiteEntry } from './suite.js';

export interface SuiteRun {
  /** Points by the entry's name, in the order of `checkNames`. */
  readonly points: ReadonlyMap<string, readonly number[]>;
  readonly marked: ReadonlyMap<string, Marked>;
  /** Files that were there before and are not as they were. */
  readonly changed: readonly string[];
  /** How often somebody connected to the loopback address. */
  readonly connections: number;
  readonly seconds: number;
  readonly output: string;
  /** Command lines of what it started and has not ended. */
  readonly running: readonly string[];
}

/** Marks entries of the suite by the command, in a folder with secrets beside it. */
export async function runSuite(
  entries: readonly SuiteEntry[],
  ...flags: readonly string[]
): Promise<SuiteRun> {
  const folder = temporaryFolder();
  const submitted = join(folder, 'submitted');
  mkdirSync(submitted);
  const places = await Places.make(folder);
  for (const [i, entry] of entries.entries()) {
    writeFileSync(join(submitted, `${nameOf(i)}.ipynb`), places.fill(fileOf(entry)));
  }
  const watched = [places.folder, submitted, 'dist', 'src/lessons', 'notebooks'];
  const before = hashes(watched);
  const output = join(folder, 'marks');
  const began = Date.now();
  const said = await command(
    ['grade', submitted, '--assignment', '01', '--output', output, ...flags],
    folder,
  );
  const seconds = (Date.now() - began) / 1000;
  places.close();
  const after = hashes(watched);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  const { marks } = JSON.parse(readFileSync(join(output, 'marks.json'), 'utf8')) as {
    marks: Marked[];
  };
  const marked = new Map(
    entries.map((entry, i) => [entry.name, marks.find(({ learner }) => learner === nameOf(i))!]),
  );
  const points = new Map(
    [...marked].map(
      ([
        name,
        {
          marks: { checks },
        },
      ]) => [
        name,
        checkNames.map((check) => checks.find((one) => one.check === check)?.earned ?? NaN),
      ],
    ),
  );
  return {
    points,
    marked,
    changed,
    connections: places.connections,
    seconds,
    output: said,
    running: commandsWith(folder),
  };
}

/** What no answer may read, write, or connect to. */
export class Places {
  connections = 0;
  readonly folder: string;
  readonly #server = createServer((socket) => {
    this.connections++;
    socket.destroy();
  });

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(folder: string): Promise<Places> {
    const places = new Places(join(folder, 'teacher'));
    mkdirSync(places.folder);
    writeFileSync(places.#secret, 'the marks of all');
    writeFileSync(`${places.#secret}.json`, '{ "marks": [1] }');
    await new Promise<void>((done) => places.#server.listen(0, '127.0.0.1', done));
    return places;
  }

  /** A submission that knows where they are. */
  fill(text: string): string {
    return text
      .replaceAll('SECRET_FOLDER', this.folder)
      .replaceAll('SECRET_FILE', this.#secret)
      .replaceAll('SECRET_PORT', String((this.#server.address() as AddressInfo).port))
      .replaceAll('LESSON_FILE', resolve('src/lessons/01-the-convolution-unit/lesson.md'));
  }

  close(): void {
    this.#server.close();
  }

  get #secret(): string {
    return join(this.folder, secrets.file);
  }
}

/** A name that says nothing of what is in the file. */
export function nameOf(i: number): string {
  return `learner-${String(i).padStart(3, '0')}`;
}

function command(args: readonly string[], temporary: string): Promise<string> {
  // What it starts has this folder in its command line.
  const env = { ...process.env, [secrets.variable]: 'secret', TMPDIR: temporary };
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], { env });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return new Promise((resolve, reject) => {
    child.on('close', (status) => {
      if (status === 0) resolve(text);
      else reject(new Error(text));
    });
  });
}

function commandsWith(text: string): string[] {
  const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(text));
}

/** By path, what is in the files of folders. */
function hashes(folders: readonly string[]): Map<string, string> {
  return new Map(
    folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry): [string, string] => {
          const path = join(entry.parentPath, entry.name);
          return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
        }),
    ),
  );
}
