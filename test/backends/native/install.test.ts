import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import util from 'node:util';
import { projectNativeFolder } from '../../../dist/backends/native/folder.js';
import { stepsFor } from '../../../dist/backends/native/install.js';
import { mendNodeUtil } from '../../../dist/backends/native/node-util.js';
import { parseProgress } from '../../../dist/backends/native/pip.js';
import { bindingFile, quietFile, recipeFor } from '../../../dist/backends/native/recipe.js';
import { distribution, requirementsOf } from '../../../dist/backends/native/requirement.js';
import { defaultKind, requirePlatform } from '../../../dist/backends/native/tools.js';
import { hasWheels, requirements } from '../../../dist/backends/native/wheels.js';
import { inceptionLab } from '../../support/command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Lines of the METADATA of tensorflow 2.21.0. */
const metadata = [
  'Name: tensorflow',
  'Requires-Dist: numpy>=1.26.0',
  'Requires-Dist: tensorboard~=2.20.0; python_version < "3.14"',
  'Provides-Extra: and-cuda',
  'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
  'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
  'Requires-Dist: tensorflow-gcs-filesystem>=0.1; extra == "gcs-filesystem"',
].join('\n');

const nothing = () => undefined;

/** Sets variables of the environment while something is done. */
async function withEnvironment<Value>(
  variables: Record<string, string>,
  use: () => Value | Promise<Value>,
): Promise<Value> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await use();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

describe("The metadata of TensorFlow's wheel", () => {
  it('names the CUDA libraries, and with them no other requirement', () => {
    assert.deepEqual(requirementsOf(metadata, 'and-cuda'), [
      'nvidia-cublas-cu12<13.0,>=12.5.3.2',
      'nvidia-cudnn-cu12<10.0,>=9.3.0.75',
    ]);
  });

  it('is read with the line ends of Windows too', () => {
    const windows = metadata.replaceAll('\n', '\r\n');
    assert.deepEqual(requirementsOf(windows, 'and-cuda'), requirementsOf(metadata, 'and-cuda'));
  });

  it('names distributions before their versions', () => {
    assert.equal(distribution('nvidia-cublas-cu12<13.0,>=12.5.3.2'), 'nvidia-cublas-cu12');
    assert.equal(distribution('tensorflow-cpu==2.21.0'), 'tensorflow-cpu');
  });
});

describe("pip's progress", () => {
  it('is read from its raw lines, and from no others', () => {
    assert.deepEqual(parseProgress('Progress 262144 of 273829956'), [262_144, 273_829_956]);
    assert.equal(parseProgress('Collecting tensorflow-cpu==2.21.0'), undefined);
  });
});

describe('The folder of the native backend', () => {
  it("is the clone's build/native, or that of the project in which the package is installed", () => {
    const file = 'dist/backends/native/folder.js';
    assert.equal(projectNativeFolder(`/lab/${file}`), '/lab/build/native');
    assert.equal(
      projectNativeFolder(`/mine/node_modules/other/node_modules/inception-lab/${file}`),
      '/mine/build/native',
    );
  });
});

describe('What remains to be done', () => {
  const titles = (base: string) =>
    stepsFor(recipeFor('cpu', base), nothing)
      .filter(({ isDone }) => !isDone())
      .map(({ title }) => title);

  it('is everything in a new folder, and there only what is not done after an interruption', () => {
    const base = temporaryFolder();
    const [npm, wheels, compiling] = titles(base);
    assert.deepEqual(
      [npm, wheels, compiling],
      [
        'Installing the npm package …',
        'Getting tensorflow-cpu 2.21.0 from PyPI …',
        'Compiling the binding …',
      ],
    );
    const recipe = recipeFor('cpu', base);
    mkdirSync(join(recipe.folder, 'python'), { recursive: true });
    writeFileSync(join(recipe.folder, 'python', 'tensorflow-cpu.unpacked'), '');
    assert.deepEqual(titles(base), [npm, compiling]);

    mkdirSync(join(bindingFile(recipe), '..'), { recursive: true });
    writeFileSync(bindingFile(recipe), '');
    assert.deepEqual(titles(base), [npm, compiling]);
    writeFileSync(quietFile(recipe), '');
    assert.deepEqual(titles(base), [npm]);
  });

  it("holds the CUDA libraries as soon as TensorFlow's wheel has named them", () => {
    const recipe = recipeFor('cuda', temporaryFolder());
    const python = join(recipe.folder, 'python');
    assert.deepEqual(requirements(recipe), ['tensorflow==2.21.0']);

    const info = join(python, 'tensorflow-2.21.0.dist-info');
    mkdirSync(info, { recursive: true });
    writeFileSync(join(info, 'METADATA'), metadata);
    for (const name of ['tensorflow', 'nvidia-cublas-cu12']) {
      writeFileSync(join(python, `${name}.unpacked`), '');
    }
    assert.equal(requirements(recipe).length, 3);
    assert.equal(hasWheels(recipe), false);
    writeFileSync(join(python, 'nvidia-cudnn-cu12.unpacked'), '');
    assert.equal(hasWheels(recipe), true);
  });
});

describe('The kind of build', () => {
  const withLibraries = (text: string) => {
    const folder = temporaryFolder();
    const file = join(folder, 'ldconfig');
    writeFileSync(file, `#!/bin/sh\necho "${text}"\n`);
    chmodSync(file, 0o755);
    return withEnvironment({ PATH: folder }, defaultKind);
  };

  it("is CUDA's where the linker knows the driver's library, else the CPU's", async function () {
    if (process.platform === 'win32' || existsSync('/proc/driver/nvidia/version')) this.skip();
    assert.equal(await withLibraries('libcuda.so.1 (libc6,x86-64)'), 'cuda');
    assert.equal(await withLibraries('libcurl.so.4 (libc6,x86-64)'), 'cpu');
  });

  it("is none of ours but on Linux x64: the error proposes the package's own", () => {
    requirePlatform('linux', 'x64');
    assert.throws(() => {
      requirePlatform('darwin', 'arm64');
    }, /Linux x64 only, but this is darwin arm64.*--prebuilt/);
  });
});

describe('inception-lab backend install', () => {
  it('ends with one line and status 1, and leaves nothing, where the tools are missing', async function () {
    if (process.platform !== 'linux' || process.arch !== 'x64') this.skip();
    const [empty, base] = [temporaryFolder(), temporaryFolder()];
    const { status, stderr } = await withEnvironment(
      { PATH: empty, INCEPTION_LAB_NATIVE: base },
      () => inceptionLab('backend', 'install', '--cpu'),
    );
    assert.equal(status, 1);
    assert.equal(
      stderr,
      'The native backend cannot be built: python3, pip for python3, a C++ compiler (c++) are ' +
        'missing. On Debian and Ubuntu: apt install python3 python3-pip g++\n',
    );
    assert.deepEqual(readdirSync(base), []);
  });

  for (const [problem, flags, message] of [
    ['two kinds at once', ['--cpu', '--cuda'], /'--cpu' cannot be used with option '--cuda'/],
    ['two others', ['--cuda', '--prebuilt'], /'--cuda' cannot be used with option '--prebuilt'/],
    ['a kind that there is not', ['--gpu'], /unknown option '--gpu'/],
  ] as const) {
    it(`ends with status 1 at ${problem}`, async () => {
      const { status, stderr } = await inceptionLab('backend', 'install', ...flags);
      assert.equal(status, 1);
      assert.match(stderr, message);
    });
  }
});

describe("Node's util", () => {
  it('has the functions again that the native package takes from it', () => {
    const names = ['isNullOrUndefined', 'isArray'] as const;
    const own = names.map((name) => Object.getOwnPropertyDescriptor(util, name));
    for (const name of names) Reflect.deleteProperty(util, name);
    try {
      mendNodeUtil();
      const mended = util as unknown as Record<string, (value: unknown) => boolean>;
      assert.deepEqual(
        [null, undefined, 0, ''].map((value) => mended.isNullOrUndefined?.(value)),
        [true, true, false, false],
      );
      assert.deepEqual([mended.isArray?.([]), mended.isArray?.({})], [true, false]);
    } finally {
      names.forEach((name, i) => {
        if (own[i]) Object.defineProperty(util, name, own[i]);
      });
    }
  });
});
