import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the tests of the suite that calls this, removed after them. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inception-lab-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
