import type { Connection } from './connection.js';
import { MachineConnection } from './machine-connection.js';

/** Where this page's kernels run: the server that has them says so in the page; `undefined` if nowhere. */
export function chooseConnection(): Connection | undefined {
  const mark = document.querySelector<HTMLMetaElement>('meta[name="inception-lab-kernel"]');
  return mark?.content === 'machine' ? new MachineConnection() : undefined;
}
