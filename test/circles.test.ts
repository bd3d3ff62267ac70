import assert from 'node:assert/strict';
import { importsOf, sourcesIn, type Sources } from '../scripts/sources.js';

/** Of files that import one another in a circle, the way round: of each such set at least one. */
function circlesIn(sources: Sources): string[] {
  const found: string[] = [];
  const way: string[] = [];
  const done = new Set<string>();
  const visit = (file: string) => {
    if (done.has(file)) return;
    if (way.includes(file)) {
      found.push([...way.slice(way.indexOf(file)), file].join(' → '));
      return;
    }
    way.push(file);
    importsOf(file, sources).forEach(visit);
    way.pop();
    done.add(file);
  };
  [...sources.keys()].forEach(visit);
  return found;
}

describe('Imports', () => {
  it('go round in no circle', () => {
    assert.deepEqual(circlesIn(sourcesIn('src', 'scripts', 'bench', 'test')), []);
  });

  it('would be seen to, in whatever way a file is imported', () => {
    const texts = {
      'src/a/one.ts': "import type { Two } from './two.js';",
      'src/a/two.ts': "export * from '../b/three.js';",
      'src/b/three.ts': "const { four } = await import('./four.mjs');",
      'src/b/four.mjs': "import './five.js';\nimport 'node:fs';",
      'src/b/five.ts': "let one: import('../a/one.js').One;",
      'src/platform/node/index.ts': "import { c } from '../../c.js';",
      'src/c.ts': "import { openBytes } from '#platform';",
      'src/d.ts': "import { d } from './d.js';\n// import './a/one.js'",
    };
    assert.deepEqual(circlesIn(new Map(Object.entries(texts))), [
      'src/a/one.ts → src/a/two.ts → src/b/three.ts → src/b/four.mjs → src/b/five.ts → src/a/one.ts',
      'src/platform/node/index.ts → src/c.ts → src/platform/node/index.ts',
      'src/d.ts → src/d.ts',
    ]);
  });
});
