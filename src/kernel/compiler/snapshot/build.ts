/**
 * Makes a snapshot of a compiler that is ready, and tries it out: `node build.js GIVEN`, with what
 * {@link argumentOf} has written. A process of its own, since it takes some seconds.
 */
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { given } from './given.js';
import { claimOf, entryScript, snapshotFile } from './snapshot-file.js';
import { startSnapshot } from './start-snapshot.js';

const argument = process.argv[2] ?? '';
const target = snapshotFile(given(argument));
const made = `${target}.${process.pid}`;

try {
  spawnSync(
    process.execPath,
    ['--snapshot-blob', made, '--build-snapshot', entryScript, argument],
    // V8 takes a snapshot only with the options with which it was made.
    { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'ignore' },
  );
  const compiler = startSnapshot(made, argument);
  const works = await new Promise<boolean>((resolve) => {
    compiler.on('message', () => {
      resolve(true);
    });
    compiler.on('exit', () => {
      resolve(false);
    });
  });
  compiler.kill('SIGKILL');
  if (works) {
    renameSync(made, target);
    // It may be made again when it is no longer kept.
    rmSync(claimOf(target), { force: true });
  }
  process.exitCode = works ? 0 : 1;
} finally {
  rmSync(made, { force: true });
}
