/**
 * `npm run gallery`: runs the code of docs/gallery.md as one notebook, draws its pictures into
 * docs/images/gallery/, and puts them into the page, each below the code that made it.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNotebook } from '../dist/kernel/run-notebook.js';
import { parseLesson } from '../dist/lessons/parse.js';
import { toNotebook } from '../dist/lessons/to-notebook.js';
import { firstError, textOf, type CodeCell } from '../dist/notebook/notebook.js';

export const page = 'docs/gallery.md';
/** Beside the page. */
export const folder = 'images/gallery';

const codeCell = /^```ts\n[^]*?^```\n/gm;

export interface Gallery {
  /** The page, with its pictures in their places. */
  readonly page: string;
  /** The SVG of each file's name. */
  readonly pictures: ReadonlyMap<string, string>;
}

/**
 * @param source the page, with pictures in it or without
 * @throws Error if a piece of code fails, or shows more than one picture
 */
export async function drawGallery(source: string): Promise<Gallery> {
  const bare = withoutPictures(source);
  const notebook = toNotebook(parseLesson('gallery', bare), 'solved');
  const executed = await runNotebook(notebook, { cwd: process.cwd(), cellTimeout: 300 });
  const error = firstError(executed);
  if (error !== undefined) throw new Error(`${page}: ${error}`);
  const cells = executed.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
  const pictures = new Map<string, string>();
  const images = cells.map((cell) => {
    const shown = cell.outputs.filter((output) => output.output_type === 'display_data');
    if (shown.length > 1) throw new Error(`${page}: show one picture in a piece of code.`);
    const [output] = shown;
    if (!output) return '';
    const { data } = output;
    const name = fileName(textOf(cell.source), pictures);
    pictures.set(name, `${String(data['image/svg+xml'])}\n<!-- ${codeOf(source)} -->\n`);
    return `\n![${String(data['text/plain'])}](${folder}/${name})\n`;
  });
  return {
    page: bare.replace(codeCell, (code) => code + (images.shift() ?? '')),
    pictures,
  };
}

/** What stands at the end of each picture: by which code of the page it was made. */
export function codeOf(source: string): string {
  const code = source.match(codeCell) ?? [];
  return `code ${createHash('sha256').update(code.join('')).digest('hex').slice(0, 12)}`;
}

function withoutPictures(source: string): string {
  return source.replace(/\n!\[[^\n]*\]\(images\/gallery\/[^\n]*\)\n/g, '');
}

/** After the function that drew it; of its second picture, with a number. */
function fileName(code: string, taken: ReadonlyMap<string, string>): string {
  const [, drawn = 'picture'] = /viz\.(\w+)\(/.exec(code) ?? [];
  for (let i = 1; ; i++) {
    const name = i === 1 ? `${drawn}.svg` : `${drawn}-${i}.svg`;
    if (!taken.has(name)) return name;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const gallery = await drawGallery(await readFile(page, 'utf8'));
  const place = join('docs', folder);
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  for (const [name, svg] of gallery.pictures) await writeFile(join(place, name), svg);
  await writeFile(page, gallery.page);
  console.log(`${page} has ${gallery.pictures.size} pictures.`);
}
