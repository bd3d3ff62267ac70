import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cannotWrite } from '../platform/cannot-write.js';

/** In milliseconds. */
const heartbeat = 30_000;

/** In milliseconds: a lock is empty only for as long as it takes to write its line. */
const writingTime = 5000;

/** In a container, the next process has the same host and number as the one that was killed. */
const token = randomUUID();

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
    if (await isHeld(lock)) return undefined;
    await rm(lock, { force: true });
    await writeLock(lock);
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw cannotWrite(`"${lock}"`, error);
  }
  // Other machines see by that that this one still works on it.
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, heartbeat);
  return async () => {
    clearInterval(beat);
    await rm(lock, { force: true });
  };
}

async function writeLock(lock: string): Promise<void> {
  const file = await open(lock, 'wx');
  try {
    await file.writeFile(`${hostname()} ${process.pid} ${token}`);
  } catch (error) {
    await rm(lock, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Whether the process that has taken a folder still lives; on another machine, whether it lately did. */
async function isHeld(lock: string): Promise<boolean> {
  let words: string[];
  let age: number;
  try {
    words = (await readFile(lock, 'utf8')).split(' ');
    age = Date.now() - (await stat(lock)).mtimeMs;
  } catch {
    return false;
  }
  const [host, pid, owner] = words;
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
