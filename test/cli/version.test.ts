import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inceptionLab } from '../support/command.js';

describe('inception-lab --version', () => {
  it("prints the package's version", async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const { status, stdout } = await inceptionLab('--version');
    assert.deepEqual([status, stdout], [0, `${version}\n`]);
  });
});
