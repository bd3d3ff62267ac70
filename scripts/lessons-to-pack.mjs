// Writes the lessons as the package has them, dist/lessons/without-hidden-tests/: who hands answers in
// has the package too.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isLesson } from '../dist/lessons/catalogue.js';
import { withoutHiddenTests } from '../dist/lessons/hidden-tests.js';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const name of readdirSync(join(root, 'src/lessons')).filter(isLesson)) {
  const source = readFileSync(join(root, 'src/lessons', name, 'lesson.md'), 'utf8');
  const path = join(root, 'dist/lessons/without-hidden-tests', name, 'lesson.md');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, withoutHiddenTests(source));
}
