const key = 'inception-lab:runs-cells';

/** Whether the reader of this browser has run cells before, and so is likely to do it again. */
export function runsCells(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export function noteThatCellsRun(): void {
  try {
    localStorage.setItem(key, 'yes');
  } catch {
    // A browser that keeps nothing starts kernels when they are wanted.
  }
}
