// Unpacks the bundle beside its archive and runs it there, as on a rented machine: what follows
// `npm run gpu --` goes to ./run.sh gpu.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const output = join(root, 'build', 'bundle');
const archive = join(output, `inception-lab-linux-${process.arch}.tar.xz`);
run('tar', ['-xJf', archive, '-C', output]);
const command = join(output, 'inception-lab', 'run.sh');
const args = ['gpu', '--output', join(root, 'build', 'gpu'), ...process.argv.slice(2)];
const { status } = spawnSync(command, args, { stdio: 'inherit' });
process.exit(status ?? 1);
