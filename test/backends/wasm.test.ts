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

  it('refuses a tensor that there is no memory for, and leaves the others as they are', () => {
    const program = `import { tf, useBackend } from 'inception-lab'; await useBackend('wasm');
      const kept = tf.tensor1d([1, 2, 3]);
      // Nothing is written there, so that it takes no memory of the machine's.
      tf.backend().makeOutput([2 ** 29], 'float32');
      const said = [2 ** 29, 2 ** 30, 2 ** 31].map((size) => {
        try { return tf.fill([size], 7).size; } catch ({ message }) { return message; }
      });
      console.log(JSON.stringify([said, [...kept.dataSync()]]));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { encoding: 'utf8' },
    );
    const [said, kept] = JSON.parse(stdout || stderr) as [string[], number[]];
    for (const words of said)
      assert.match(words, /WebAssembly has no memory left for another \d+ MB/);
    assert.deepEqual(kept, [1, 2, 3]);
  });
});
