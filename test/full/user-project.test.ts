import assert from 'node:assert/strict';
import { cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import ts from 'typescript';
import { temporaryFolder } from '../support/temporary-folder.js';
import { complaintsOf, needBrowser } from './support/browser.js';
import { repository } from './support/repository.js';
import { succeed } from './support/run-command.js';
import { serveBelowPath, type StaticServer } from './support/static-server.js';
import * as inNode from './user-project/program.js';

type Program = typeof inNode;

declare global {
  interface Window {
    /** What the built page offers. */
    program: Program;
  }
}

const picture = join(repository, 'src/lessons/clothes.png');

/** A folder with the packed package, as npm would lay it, and what it depends on. */
async function userProject(): Promise<string> {
  const project = temporaryFolder();
  const manifest = { name: 'mine', private: true, type: 'module' };
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));

  const packed = temporaryFolder();
  const pack = ['pack', '--ignore-scripts', '--pack-destination', packed];
  await succeed('npm', pack, { cwd: repository });
  const [tarball] = await readdir(packed);
  const library = join(project, 'node_modules', 'inception-lab');
  await mkdir(library, { recursive: true });
  const unpack = ['-xzf', join(packed, tarball!), '-C', library, '--strip-components=1'];
  await succeed('tar', unpack);
  const text = await readFile(join(library, 'package.json'), 'utf8');
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  for (const name of Object.keys(dependencies)) {
    const link = join(project, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(repository, 'node_modules', name), link, 'junction');
  }

  const source = join(repository, 'test/full/user-project/program.ts');
  await cp(source, join(project, 'src', 'program.ts'), { recursive: true });
  await writeFile(
    join(project, 'src', 'main.ts'),
    "import * as program from './program';\nObject.assign(window, { program });\n",
  );
  await mkdir(join(project, 'public'));
  await cp(picture, join(project, 'public', 'clothes.png'));
  await writeFile(join(project, 'public', 'weights.safetensors'), await inNode.savedWeights());
  return project;
}

const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

async function buildWithEsbuild(project: string): Promise<string> {
  const outdir = join(project, 'by-esbuild');
  await build({
    ...{ absWorkingDir: project, entryPoints: ['src/main.ts'], outdir, logLevel: 'error' },
    ...{ bundle: true, format: 'esm', splitting: true, minify: true },
  });
  await cp(join(project, 'public'), outdir, { recursive: true });
  await writeFile(join(outdir, 'index.html'), page('main.js'));
  return outdir;
}

async function buildWithVite(project: string): Promise<string> {
  await writeFile(join(project, 'index.html'), page('/src/main.ts'));
  const vite = join(repository, 'node_modules/vite/bin/vite.js');
  const args = ['build', '--base', './', '--outDir', 'by-vite', '--logLevel', 'error'];
  await succeed(process.execPath, [vite, ...args], { cwd: project });
  return join(project, 'by-vite');
}

describe('A project of a user’s own, for the browser', () => {
  let project: string;
  let browser: Browser;
  /** What Node finds. */
  let analysed: object;

  before(async function () {
    browser = await needBrowser(this);
    await inNode.begin();
    analysed = inNode.analyse();
    project = await userProject();
  });

  after(async () => {
    await (browser as Browser | undefined)?.close();
  });

  it('has types that fit, and no need of Node’s', () => {
    const program = join(project, 'src', 'program.ts');
    const built = ts.createProgram([program], {
      ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, types: [] },
      ...{ moduleResolution: ts.ModuleResolutionKind.Bundler, customConditions: ['browser'] },
      ...{ lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'] },
      ...{ strict: true, noEmit: true },
    });
    const problems = ts
      .getPreEmitDiagnostics(built)
      // TensorFlow.js's own are not ours to mend.
      .filter(({ file }) => !file?.fileName.includes('/@tensorflow/'))
      .map(({ file, messageText }) => {
        const text = ts.flattenDiagnosticMessageText(messageText, '\n');
        return `${file?.fileName ?? ''}: ${text}`;
      });
    assert.deepEqual(problems, []);
    const files = built.getSourceFiles().map(({ fileName }) => fileName);
    assert.ok(files.some((name) => name.endsWith('inception-lab/dist/browser.d.ts')));
    assert.deepEqual(
      files.filter((name) =>
        /@types\/node|platform\/node|inception-lab\/dist\/index\.d\.ts/.test(name),
      ),
      [],
    );
  });

  for (const [name, make] of [
    ['esbuild', buildWithEsbuild],
    ['Vite', buildWithVite],
  ] as const) {
    describe(`built with ${name}`, () => {
      let server: StaticServer;
      let opened: Page;
      let complaints: string[];

      before(async () => {
        server = await serveBelowPath(await make(project));
        opened = await browser.newPage();
        complaints = complaintsOf(opened);
        await open();
      });

      after(async () => {
        await opened.close();
        server.close();
      });

      async function open(): Promise<void> {
        await opened.goto(server.address);
        await opened.waitForFunction(() => 'program' in window);
        assert.match(await opened.evaluate(() => window.program.begin()), /^wasm: /);
      }

      it('analyses a network and draws what it costs, as in Node', async () => {
        const found = await opened.evaluate(() => window.program.analyse());
        assert.deepEqual(found, analysed);
        const { parameters, multiplyAdds } = found as Record<string, unknown>;
        assert.deepEqual([parameters, multiplyAdds], [42_679_816, 12_253_974_624]);
      });

      it('reads weights and pictures from a URL, a file and bytes, and predicts as in Node', async () => {
        const weights = await inNode.savedWeights();
        const found = await opened.evaluate(async () => {
          const { findWith } = window.program;
          const [kept, drawn] = await Promise.all(
            ['weights.safetensors', 'clothes.png'].map(async (name) => (await fetch(name)).blob()),
          );
          return [
            await findWith('weights.safetensors', 'clothes.png'),
            await findWith(
              new URL('weights.safetensors', location.href),
              new URL('clothes.png', location.href),
            ),
            await findWith(new File([kept!], 'my.safetensors'), new File([drawn!], 'my.png')),
            await findWith(
              new Uint8Array(await kept!.arrayBuffer()),
              new Uint8Array(await drawn!.arrayBuffer()),
            ),
          ];
        });
        const expected = await inNode.findWith(weights, picture);
        assert.deepEqual(found, [expected, expected, expected, expected]);
        const sums = await opened.evaluate(() => window.program.pictureSums('clothes.png'));
        assert.deepEqual(sums, await inNode.pictureSums(picture));
      });

      it('writes the ONNX file and the weights that it writes in Node', async () => {
        const found = await opened.evaluate(() => window.program.exported());
        assert.deepEqual(found, await inNode.exported());
      });

      it('checks an answer, in the words that Node has', async () => {
        const what = `the shape that ${name} sees`;
        const said = await opened.evaluate((given) => window.program.wrongAnswer(given), what);
        assert.match(said, /✗ the shape that .+ sees: expected shape \[4\], but got \[3\]/);
        assert.equal(said, inNode.wrongAnswer(what));
      });

      it('trains, and goes on in another visit as if it had never broken off', async () => {
        const whole = await opened.evaluate(() => window.program.trained({}));
        assert.deepEqual(whole, await inNode.trained({}));
        const until = 2;
        const begun = await opened.evaluate(
          (epoch) => window.program.trained({ folder: 'mine', until: epoch }),
          until,
        );
        assert.deepEqual(begun, whole.slice(0, until));
        await open();
        // With other weights to begin with: they are the checkpoint's.
        const wish = { folder: 'mine', seed: 2 };
        const rest = await opened.evaluate((given) => window.program.trained(given), wish);
        assert.deepEqual(rest, whole);
      });

      it('says in a sentence what only Node has', async () => {
        const [native, keras, tensorBoard] = await opened.evaluate(() =>
          window.program.sentences(),
        );
        assert.match(native!, /^.*native.*webgpu, wasm, cpu\.?$/);
        assert.match(keras!, /a browser has no HDF5; load it in Node/);
        assert.match(tensorBoard!, /Only the native backend writes TensorBoard's logs/);
        assert.deepEqual(complaints, []);
      });
    });
  }
});
