/** Imported before a program: no file can be written to any more. */
import fs from 'node:fs';
import { open } from 'node:fs/promises';

const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

const file = await open('/dev/null');
Object.getPrototypeOf(file).writeFile = () => Promise.reject(full);
await file.close();
fs.write = (...given) => given.at(-1)(full);
