// Node's own modules only: prepare.mjs uses it before anything is installed.
import { spawnSync } from 'node:child_process';

/** Ends this process with a sentence. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** Runs a command; ends this process with a sentence if it fails. */
export function run(command, args, { failure = `${command} failed.`, ...options } = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (status !== 0) fail(`${failure}${error ? ` (${error.message})` : ''}`);
}
