import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells a page's script that the server that it comes from has kernels. */
const mark = '<meta name="inception-lab-kernel" content="machine" />';

/** A page of a site, marked as one whose cells run on this machine; `undefined` if there is none. */
export function livePage(folder: string, path: string): string | undefined {
  const [, name] = /^\/((?:[\w-]+\.html)?)$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  try {
    const page = readFileSync(join(folder, name || 'index.html'), 'utf8');
    return page.replace('<head>', `<head>${mark}`);
  } catch {
    return undefined;
  }
}
