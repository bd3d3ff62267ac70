import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { firstCharacters, readAll, zipStart } from '../bytes.js';
import type { Hdf5Group, OpenHdf5File } from '../hdf5.js';
import type { Source } from '../source.js';
import { localPath, openBytes, requireFile } from './files.js';
import type { Hdf5Answer, Hdf5Request } from './hdf5-thread.js';
import { unzipFile } from './zip.js';

/** In bytes. Keras's largest networks have 1.6 GB, with what Adam keeps. */
const mostUnzipped = 4e9;

/** In seconds: so long a damaged file may keep the library busy. */
const longest = 20;

/** A thread that has the library, 4 MB, and no file: for the next one. */
let spare: Hdf5Thread | undefined;

/** In a thread of its own: a damaged file can make the library abort, or loop, and that is its end. */
export const openHdf5: OpenHdf5File = async (source, zipped) => {
  const folder = await mkdtemp(join(tmpdir(), 'inception-lab-hdf5-'));
  const thread = spare ?? new Hdf5Thread();
  spare = undefined;
  const close = async () => {
    if (!thread.isBroken) await thread.ask({ close: true });
    // Another file may have been closed meanwhile.
    if (thread.isBroken || spare) await thread.end();
    else spare = thread;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const path = await fileOf(source, zipped, folder);
    const root = (await thread.ask({ open: path })) as Hdf5Group;
    return {
      root,
      read: async (dataset) => (await thread.ask({ read: dataset.path })) as Float32Array,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Where the file lies that HDF5 shall read, which is in the folder if it lies nowhere as it is. */
async function fileOf(source: Source, zipped: string, folder: string): Promise<string> {
  let path = localPath(source);
  if (path === undefined) {
    path = join(folder, 'source');
    await writeFile(path, await readAll(source, openBytes));
  }
  await requireFile(path);
  const bytes = await openBytes(path);
  const start = await firstCharacters(bytes, zipStart.length).finally(() => bytes.close());
  if (start !== zipStart) return path;
  const unzipped = join(folder, 'unzipped');
  await unzipFile(path, zipped, unzipped, mostUnzipped);
  return unzipped;
}

/** One question at a time. It does not keep the process while it waits for one. */
class Hdf5Thread {
  // What the library prints when it aborts is for nobody.
  private readonly worker = new Worker(new URL('./hdf5-thread.js', import.meta.url), {
    ...{ execArgv: [], stdout: true, stderr: true },
  });
  private turn: Promise<unknown> = Promise.resolve();
  /** After an error, which ends it. */
  isBroken = false;

  ask(request: Hdf5Request): Promise<unknown> {
    const answer = this.turn.then(() => this.answerTo(request));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private answerTo(request: Hdf5Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const settle = (answer: Hdf5Answer) => {
        clearTimeout(timer);
        this.worker.removeAllListeners('message').removeAllListeners('error').unref();
        if ('result' in answer) {
          resolve(answer.result);
        } else {
          this.isBroken = true;
          reject(new Error(answer.error));
        }
      };
      const timer = setTimeout(() => {
        settle({ error: `HDF5 has not finished with it after ${longest} s` });
      }, longest * 1000);
      this.worker.ref();
      this.worker.once('message', settle).once('error', ({ message }) => {
        settle({ error: message });
      });
      this.worker.postMessage(request);
    });
  }
}
