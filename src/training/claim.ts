import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** In milliseconds. */
const heartbeat = 30_000;

/**
 * Takes the folder of a training, which is made if it is not there, so that no other process, on
 * this machine or another one, works in it too.
 *
 * @returns what gives it back; `undefined` if another process has it
 */
export async function claimFolder(folder: string): Promise<(() => Promise<void>) | undefined> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, 'process');
  if (await isHeld(lock)) return undefined;
  await rm(lock, { force: true });
  try {
    const file = await open(lock, 'wx');
    await file.writeFile(`${hostname()} ${process.pid}`);
    await file.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Another process was faster.
    return undefined;
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

/** Whether the process that has taken a folder still lives; on another machine, whether it lately did. */
async function isHeld(lock: string): Promise<boolean> {
  let host: string | undefined;
  let pid: string | undefined;
  let beat: number;
  try {
    [host, pid] = (await readFile(lock, 'utf8')).split(' ');
    beat = (await stat(lock)).mtimeMs;
  } catch {
    return false;
  }
  if (host !== hostname()) return Date.now() - beat < 10 * heartbeat;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
