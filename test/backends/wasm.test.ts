import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** What a program that fails on wasm leaves on stderr. */
function lastWords(program: string): string {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 1);
  return stderr;
}

describe('The wasm backend', () => {
  const start = `import { useBackend } from 'inception-lab'; await useBackend('wasm');`;
  const mistakes = {
    'an error that nobody catches': 'setTimeout(() => { throw new Error("my mistake"); });',
    'a rejection that nobody handles': 'void Promise.reject(new Error("my mistake"));',
  };
  for (const [what, mistake] of Object.entries(mistakes)) {
    it(`leaves ${what} to Node, without its own source in front`, () => {
      const words = lastWords(`${start}\n${mistake}`);
      assert.match(words, /Error: my mistake/);
      assert.ok(words.length < 2000, words.slice(0, 500));
    });
  }
});
