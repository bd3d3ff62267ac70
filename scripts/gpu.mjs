// Unpacks the bundle beside its archive and runs it there, as on a rented machine: what follows
// `npm run gpu --` goes to ./run.sh gpu.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'build', 'bundle');
const archive = join(output, `inception-lab-linux-${process.arch}.tar.xz`);
run('tar', ['-xJf', archive, '-C', output]);
const folder = join(output, 'inception-lab');
carryNative();
const command = join(folder, 'run.sh');
const args = ['gpu', '--output', join(root, 'build', 'gpu'), ...process.argv.slice(2)];
const { status } = spawnSync(command, args, { stdio: 'inherit' });
process.exit(status ?? 1);

/** Puts the native backend's build into the bundle, where there is one, without a second copy. */
function carryNative() {
  const built = join(root, 'build', 'native');
  if (!existsSync(join(built, 'current.json'))) return;
  const place = join(folder, 'build');
  run('rm', ['-rf', place]);
  mkdirSync(place, { recursive: true });
  run('cp', ['-al', built, place]);
}
