import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { temporaryFolder } from '../support/temporary-folder.js';

/** Bundles a program that uses the package, as a user's project does; esbuild knows no Node module there. */
async function bundle(program: string): Promise<{ entry: number; all: number }> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: process.cwd() },
    outdir: temporaryFolder(),
    ...{ bundle: true, splitting: true, format: 'esm', minify: true },
    ...{ write: false, logLevel: 'silent' },
  });
  const sizes = outputFiles.map(({ contents }) => gzipSync(contents).length);
  return { entry: sizes[0] ?? NaN, all: sizes.reduce((sum, size) => sum + size, 0) };
}

describe("The library in a browser's bundle", () => {
  it('needs no Node module, and is some hundred kilobytes', async () => {
    const { all } = await bundle(`
      import { inceptionResNetV2, summarize, train, useBackend, viz } from 'inception-lab';
      console.log(summarize(inceptionResNetV2()), train, useBackend, viz);`);
    console.log(
      `      networks, training, pictures and all backends: ${Math.round(all / 1000)} kB, gzip`,
    );
    // What was measured for the whole laboratory, with the compiler of cells: 2 MB.
    assert.ok(all < 1_500_000, `${all} bytes`);
  });

  it('would be seen to need one', async () => {
    await assert.rejects(
      bundle("import { readFileSync } from 'node:fs'; readFileSync('x');"),
      /node:fs/,
    );
  });
});
