/**
 * What a front end starts, with the connection file that it has written. No part of the command
 * line: a kernel is to start without what the other commands load.
 */
import { readConnectionFile } from './connection-file.js';
import { serveKernel } from './server.js';

try {
  const how = await serveKernel(readConnectionFile(process.argv[2] ?? ''));
  // A front end starts a kernel again that ended without having been asked to.
  process.exit(how === 'dead' ? 1 : 0);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
