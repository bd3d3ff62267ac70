import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './repository.js';

const page = readFileSync(join(repository, 'docs', 'hub.md'), 'utf8');

/** Code that docs/hub.md shows below a heading, in its order. */
export function codeBelow(heading: string): string[] {
  const sections = page.split(/^## /m);
  const section = sections.find((one) => one.startsWith(`${heading}\n`)) ?? '';
  const found = [...section.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code]) => code!);
  if (found.length === 0) throw new Error(`docs/hub.md has no code below "${heading}".`);
  return found;
}
