/**
 * What a front end starts, with the connection file that it has written. No part of the command
 * line: a kernel is to start without what the other commands load.
 */
import { nodeSession } from '../node-session.js';
import { readConnectionFile } from './connection-file.js';

try {
  const connection = readConnectionFile(process.argv[2] ?? '');
  // While the compiler starts, the rest is loaded.
  const session = nodeSession({ cwd: process.cwd() });
  const { serveKernel } = await import('./server.js');
  const how = await serveKernel(connection, session);
  // A front end starts a kernel again that ended without having been asked to.
  process.exit(how === 'dead' ? 1 : 0);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
