import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// The compiler that tslab carries, 5.0.4, older than the one we build with.
const ts = createRequire(import.meta.url)(
  '@tslab/typescript-for-tslab',
) as typeof import('typescript');

/** Parsed once: most of them are in every program. */
const parsed = new Map<string, import('typescript').SourceFile | undefined>();

/**
 * What tslab's TypeScript says about a cell's code, with tslab's way of finding modules.
 *
 * @param skipLibCheck not to look for errors in the types themselves
 */
function complaints(code: string, skipLibCheck = true): string[] {
  const file = join(process.cwd(), 'notebooks', 'cell.ts');
  const options: import('typescript').CompilerOptions = {
    target: ts.ScriptTarget.ES2020,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    noEmit: true,
    skipLibCheck,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const files = { ...host };
  host.fileExists = (name) => name === file || files.fileExists(name);
  host.readFile = (name) => (name === file ? code : files.readFile(name));
  host.getSourceFile = (name, ...how) => {
    if (name === file) return files.getSourceFile(name, ...how);
    if (!parsed.has(name)) parsed.set(name, files.getSourceFile(name, ...how));
    return parsed.get(name);
  };
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter(({ file: source }) => !source?.fileName.includes('node_modules'))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe("The published types, read by tslab's TypeScript", function () {
  this.timeout(120_000);

  it('have no error of their own', () => {
    const code = "import * as lab from 'inception-lab'; lab.summarize;";
    assert.deepEqual(complaints(code, false), []);
  });

  it('know what functions take and give', () => {
    const code = `
      import { inceptionV4, loadPhotograph, preprocess, renderSvg, summarize, tf, viz } from 'inception-lab';
      async function f() {
        const classes: string = summarize(inceptionV4()).parameters;
        inceptionV4({ classes: 'many' });
        const image = await loadPhotograph('airplane-from-above');
        image.data.nonsense;
        preprocess(image).nonsense;
        renderSvg(viz.featureMaps([[[1]]])).nonsense;
        tf.nonsense;
      }`;
    const seen = complaints(code);
    assert.match(seen[0] ?? '', /Type 'number' is not assignable to type 'string'/);
    assert.match(seen[1] ?? '', /Type 'string' is not assignable to type 'number'/);
    assert.equal(
      seen.filter((text) => text.includes("'nonsense' does not exist")).length,
      4,
      seen.join('\n'),
    );
  });

  it('leave out of the entry for browsers what only Node has', () => {
    const code = (name: string) =>
      `import { useBackend } from '../dist/browser.js'; void useBackend('${name}');`;
    assert.deepEqual(complaints(code('wasm')), []);
    assert.match(
      complaints(code('native')).join(),
      /Argument of type '"native"' is not assignable/,
    );
  });
});
