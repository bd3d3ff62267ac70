import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** Of what a program loads, minified and compressed, in kilobytes. */
type Sizes = Readonly<Record<'library' | 'wasm' | 'webgpu' | 'vega', number>>;

interface Bundle {
  readonly sizes: Sizes;
  /** Everything that was taken in. */
  readonly inputs: readonly string[];
}

/** Bundles a program for browsers, as its author would: nothing is said but that it is for them. */
async function bundle(contents: string): Promise<Bundle> {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    ...{ bundle: true, splitting: true, format: 'esm', minify: true },
    ...{ outdir: 'out', write: false, metafile: true, logLevel: 'silent' },
  });
  const sizeOf = new Map(
    outputFiles.map(({ path, contents: bytes }) => [
      path.replaceAll('\\', '/').replace(/^.*\/(?=out\/)/, ''),
      gzipSync(bytes, { level: 9 }).length / 1000,
    ]),
  );
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((total, path) => total + (sizeOf.get(path) ?? NaN), 0);
  const library = loadedWith(metafile, 'out/stdin.js');
  const beside = (package_: string) => {
    const loaded = Object.keys(metafile.outputs)
      .filter((path) => metafile.outputs[path]!.entryPoint?.includes(package_))
      .flatMap((path) => [...loadedWith(metafile, path)]);
    return sum(new Set(loaded.filter((path) => !library.has(path))));
  };
  return {
    sizes: {
      library: sum(library),
      wasm: beside('tfjs-backend-wasm') + beside('wasm-simd'),
      webgpu: beside('tfjs-backend-webgpu'),
      vega: beside('node_modules/vega'),
    },
    inputs: Object.keys(metafile.inputs),
  };
}

/** A file with those that it imports at once. */
function loadedWith(metafile: Metafile, path: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(path)) return loaded;
  loaded.add(path);
  for (const { path: imported, kind } of metafile.outputs[path]!.imports) {
    if (kind === 'import-statement') loadedWith(metafile, imported, loaded);
  }
  return loaded;
}

describe('Bundled for a browser', () => {
  it('the library is small, and its backends come when they are asked for', async () => {
    const { sizes, inputs } = await bundle("export * from 'inception-lab';");
    const words = Object.entries(sizes).map(([name, size]) => `${name} ${size.toFixed(0)}`);
    console.log(`      kB, compressed: ${words.join(', ')}`);
    assert.ok(sizes.library <= 420, `library: ${sizes.library} kB`);
    assert.ok(sizes.wasm <= 190, `wasm: ${sizes.wasm} kB`);
    assert.ok(sizes.webgpu <= 80, `webgpu: ${sizes.webgpu} kB`);
    assert.ok(sizes.vega <= 330, `vega: ${sizes.vega} kB`);
    assert.ok(inputs.includes('dist/browser.js') && !inputs.includes('dist/index.js'));
    assert.deepEqual(
      inputs.filter((path) => path.includes('platform/node/')),
      [],
    );
  });

  it('has a platform with the same names as Node', async () => {
    const [node, browser] = await Promise.all([
      import('../dist/platform/node/index.js'),
      import('../dist/platform/browser/index.js'),
    ]);
    assert.deepEqual(Object.keys(browser).sort(), Object.keys(node).sort());
  });
});
