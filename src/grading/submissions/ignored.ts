/** Folders that no learner has handed in. */
const ignored = new Set(['.ipynb_checkpoints', 'node_modules', '__MACOSX', '.git']);

/** Whether a path, with slashes, leads to what a computer has added to a learner's files. */
export function isIgnored(path: string): boolean {
  // `._unit.ipynb` is where macOS keeps what other file systems have no place for.
  return path.split('/').some((step) => ignored.has(step) || step.startsWith('._'));
}
