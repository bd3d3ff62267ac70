import { BrowserConnection } from './browser-connection.js';
import type { Connection } from './connection.js';
import { MachineConnection } from './machine-connection.js';

/** Where this page's kernels run: the server that has them says so in the page; else in the browser. */
export function chooseConnection(): Connection {
  const mark = document.querySelector<HTMLMetaElement>('meta[name="inception-lab-kernel"]');
  if (mark?.content === 'machine') return new MachineConnection();
  return new BrowserConnection(new URL('assets/', document.baseURI));
}
