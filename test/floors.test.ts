import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative, sep } from 'node:path';

/** Who may import whom, as docs/architecture.md draws it. A floor may always import itself. */
const allowed: Record<string, readonly string[]> = {
  platform: [],
  backends: [],
  models: ['backends'],
  viz: [],
  training: ['backends', 'models'],
  notebook: [],
  lessons: ['backends', 'models', 'training', 'viz', 'notebook'],
  kernel: ['backends', 'models', 'viz', 'notebook'],
  site: ['backends', 'models', 'viz', 'notebook', 'training', 'lessons', 'kernel', 'cli'],
  cli: ['backends', 'models', 'viz', 'notebook', 'training', 'lessons', 'kernel', 'site'],
};

const imports = /(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

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
  return (
    [...text.matchAll(imports)]
      .map(([, target]) => normalize(join(dirname(file), target ?? '')))
      .filter((target) => floorOf(target) !== floor)
      // Every floor stands on the platform.
      .filter((target) => ![...(allowed[floor] ?? []), 'platform'].includes(floorOf(target)))
      .map((target) => `src/${file} imports src/${target}`)
  );
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
    // What has no folder is what the package exports.
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
