import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize, relative, sep } from 'node:path';

/** Who may import whom, as docs/architecture.md draws it. A floor may always import itself. */
const allowed: Record<string, readonly string[]> = {
  platform: [],
  backends: ['platform'],
  models: ['platform', 'backends'],
  viz: [],
  training: ['platform', 'backends', 'models'],
  notebook: [],
  lessons: ['platform', 'backends', 'models', 'training', 'viz', 'notebook'],
  kernel: ['platform', 'backends', 'models', 'viz', 'notebook', 'training'],
  grading: ['platform', 'backends', 'models', 'training', 'notebook', 'lessons', 'kernel'],
  site: [
    'platform',
    'backends',
    'models',
    'viz',
    'notebook',
    'training',
    'lessons',
    'kernel',
    'grading',
  ],
  cli: [
    'platform',
    'backends',
    'models',
    'viz',
    'notebook',
    'training',
    'lessons',
    'kernel',
    'grading',
    'site',
  ],
};

/** What needs Node, and so is never bundled for a browser. */
const nodeRooms = [
  'platform/node/',
  'backends/native/',
  'backends/node/',
  'notebook/files.ts',
  'training/claim.ts',
  'training/data/excerpt.ts',
  'training/data/fetch.ts',
  'training/data/folder.ts',
  'training/data/load.ts',
  'training/studies/',
  'lessons/catalogue.ts',
  'lessons/to-notebook.ts',
  'kernel/jupyter/',
  'kernel/cells/cell-process.ts',
  'kernel/cells/compile-function.ts',
  'kernel/cells/interrupter.ts',
  'kernel/cells/node-cause.ts',
  'kernel/cells/node-packages.ts',
  'kernel/cells/worker.ts',
  'kernel/compiler/code-cache.ts',
  'kernel/compiler/compiler-thread.ts',
  'kernel/compiler/node-compiler.ts',
  'kernel/compiler/node-places.ts',
  'kernel/compiler/node-world.ts',
  'kernel/compiler/snapshot/',
  'kernel/compiler/thread.ts',
  'grading/',
  'site/',
  'cli/',
];

/** Of the site, what runs in the page. */
const pageRoom = 'site/page/';

const nodePackages = ['sharp', 'zeromq', 'tar', 'h5wasm/node', 'write-file-atomic', 'sirv'];

const imports = /(?:from|import)\s*\(?\s*'(\.[^']+|#platform)'/g;

/** Types alone are not loaded: `import type … from` is left out. */
const loads =
  /(?:^(?:import|export)\s+(?!type\b)[^;']*?from|^import|import\(|require\()\s*'([^'.#][^']*)'/gm;

function sourceFiles(): string[] {
  return readdirSync('src', { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts'));
}

function floorOf(path: string): string {
  return path.split(sep)[0] ?? path;
}

function forbiddenImports(file: string, text: string): string[] {
  const floor = floorOf(file);
  return [...text.matchAll(imports)]
    .map(([, target = '']) =>
      target === '#platform' ? 'platform' : normalize(join(dirname(file), target)),
    )
    .filter((target) => floorOf(target) !== floor)
    .filter((target) => !allowed[floor]?.includes(floorOf(target)))
    .map((target) => `src/${file} imports src/${target}`);
}

describe('The floors', () => {
  it('are all there is in src', () => {
    const folders = new Set(
      sourceFiles()
        .filter((file) => file.includes(sep))
        .map(floorOf),
    );
    assert.deepEqual([...folders].sort(), Object.keys(allowed).sort());
  });

  it('import only from floors below them', () => {
    const files = sourceFiles().filter((file) => file.includes(sep));
    const forbidden = files.flatMap((file) =>
      forbiddenImports(file, readFileSync(join('src', file), 'utf8')),
    );
    assert.deepEqual(forbidden, []);
  });

  it('would be seen to leak', () => {
    const leak = forbiddenImports(
      join('viz', 'filters.ts'),
      "import { tf } from '../backends/tf.js';",
    );
    assert.deepEqual(leak, [`src/viz/filters.ts imports src/${relative('.', 'backends/tf.js')}`]);
  });
});

/** What a file loads that only Node has. */
function nodeImports(file: string, text: string): string[] {
  return [...text.matchAll(loads)]
    .map(([, name = '']) => name)
    .filter((name) => isBuiltin(name) || nodePackages.includes(name))
    .map((name) => `src/${file} imports ${name}`);
}

function isNodeRoom(file: string): boolean {
  const path = file.replaceAll(sep, '/');
  return !path.startsWith(pageRoom) && nodeRooms.some((room) => path.startsWith(room));
}

describe('What only Node has', () => {
  const files = sourceFiles();

  it('is imported in the rooms of Node alone', () => {
    const elsewhere = files.filter((file) => !isNodeRoom(file));
    const found = elsewhere.flatMap((file) =>
      nodeImports(file, readFileSync(join('src', file), 'utf8')),
    );
    assert.deepEqual(found, []);
  });

  it('is imported in each of them', () => {
    const idle = nodeRooms.filter((room) => {
      const own = files.filter((file) => file.replaceAll(sep, '/').startsWith(room));
      return own.every(
        (file) => nodeImports(file, readFileSync(join('src', file), 'utf8')).length === 0,
      );
    });
    assert.deepEqual(idle, []);
  });

  it('would be seen, however it is imported', () => {
    const text = [
      "import { readFile } from 'node:fs/promises';",
      "import type { Sharp } from 'sharp';",
      "const { default: sharp } = await import('sharp');",
      "import {\n  join,\n} from 'path';",
    ].join('\n');
    assert.deepEqual(nodeImports('viz/filters.ts', text), [
      'src/viz/filters.ts imports node:fs/promises',
      'src/viz/filters.ts imports sharp',
      'src/viz/filters.ts imports path',
    ]);
  });
});
