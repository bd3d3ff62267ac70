import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cannotWrite } from '../platform/cannot-write.js';

/** In milliseconds. */
const heartbeat = 30_000;

/** In milliseconds: a lock is empty only for as long as it takes to write its line. */
const writingTime = 5000;

/** In a container, the next process has the same host and number as the one that was killed. */
const token = randomUUID();

const ownText = `${hostname()} ${process.pid} ${token}`;

/**
 * Takes the folder of a training, which is made if it is not there, so that no other process, on
 * this machine or another one, works in it too.
 *
 * @returns what gives it back; `undefined` if another process has it
 * @throws Error that names the file that cannot be written, and says why.
 */
export async function claimFolder(folder: string): Promise<(() => Promise<void>) | undefined> {
  const lock = join(folder, 'process');
  try {
    await mkdir(folder, { recursive: true });
    if (!(await isFree(lock))) return undefined;
    if (!(await writeLock(lock))) return undefined;
  } catch (error) {
    throw cannotWrite(`"${lock}"`, error);
  }
  // Other machines see by that that this one still works on it.
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, heartbeat);
  return async () => {
    clearInterval(beat);
    const found = await readLock(lock);
    if (found?.text === ownText) await rm(lock, { force: true });
  };
}

/** @returns whether it could; not if another process was faster, or has done the work and cleared up */
async function writeLock(lock: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(lock, 'wx');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  }
  try {
    await file.writeFile(ownText);
    return true;
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Whether nobody has a folder; a lock that a dead process has left behind is taken away. */
async function isFree(lock: string): Promise<boolean> {
  const found = await readLock(lock);
  if (!found) return true;
  if (isHeld(found)) return false;
  // Of several processes that find it, one at a time: a slower one would take away the faster one's.
  const guard = `${lock}-left`;
  if (!(await writeLock(guard))) {
    const other = await readLock(guard);
    if (other && other.age > writingTime) await rm(guard, { force: true });
    return false;
  }
  try {
    if ((await readLock(lock))?.text !== found.text) return false;
    await rm(lock, { force: true });
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

interface Lock {
  readonly text: string;
  /** In milliseconds. */
  readonly age: number;
}

async function readLock(lock: string): Promise<Lock | undefined> {
  try {
    const text = await readFile(lock, 'utf8');
    return { text, age: Date.now() - (await stat(lock)).mtimeMs };
  } catch {
    return undefined;
  }
}

/** Whether the process that has taken a folder still lives; on another machine, whether it lately did. */
function isHeld({ text, age }: Lock): boolean {
  const [host, pid, owner] = text.split(' ');
  if (!Number(pid)) return age < writingTime;
  if (host !== hostname()) return age < 10 * heartbeat;
  return Number(pid) === process.pid ? owner === token : lives(Number(pid));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
