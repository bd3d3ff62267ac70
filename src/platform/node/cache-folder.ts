import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this project keeps what can be made again. */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'inception-lab');
}
