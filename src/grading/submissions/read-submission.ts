/** A code cell of something that was handed in; nothing else of it is believed. */
export interface SubmittedCell {
  readonly source: string;
  /** What nbgrader, or this course, calls it, if it says so. */
  readonly name?: string;
  readonly exercise?: string;
  readonly id?: string;
}

/** A notebook among what was handed in; or what could have held one, and why it cannot be read. */
export type FoundNotebook = {
  /** With slashes, below the folder or archive; an archive inside is a step of it. */
  readonly path: string;
} & ({ readonly bytes: Uint8Array } | { readonly problem: string });

/** The largest notebook that is read, in bytes. */
export const mostNotebook = 50e6;

export const isTooLarge = `The notebook has more than ${mostNotebook / 1e6} MB.`;

/**
 * The code cells of a notebook, of formats 3 and 4, whoever saved it.
 *
 * @throws Error with a sentence for the learner, if it is none
 */
export function readSubmission(bytes: Uint8Array): SubmittedCell[] {
  if (bytes.byteLength > mostNotebook) throw new Error(isTooLarge);
  const text = new TextDecoder().decode(bytes).trim();
  if (text === '') throw new Error('The notebook is an empty file.');
  const notebook = parse(text);
  const cells = cellsOf(notebook);
  if (!cells) throw new Error('The file is not a Jupyter notebook of format 3 or 4.');
  return cells.flatMap((cell) => {
    if (!isObject(cell) || cell.cell_type !== 'code') return [];
    const source = textIn(cell.source ?? cell.input);
    return source === undefined ? [] : [{ source, ...namesIn(cell) }];
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('The notebook is damaged or cut off: it is not complete JSON.');
  }
}

function cellsOf(notebook: unknown): readonly unknown[] | undefined {
  if (!isObject(notebook)) return undefined;
  const { nbformat, cells, worksheets } = notebook;
  if (nbformat === 4 && Array.isArray(cells)) return cells as unknown[];
  if (nbformat !== 3 || !Array.isArray(worksheets)) return undefined;
  return worksheets.flatMap((sheet: unknown): unknown[] =>
    isObject(sheet) && Array.isArray(sheet.cells) ? (sheet.cells as unknown[]) : [],
  );
}

function namesIn({ id, metadata }: Record<string, unknown>): Omit<SubmittedCell, 'source'> {
  const { nbgrader, inception_lab: own, id: colab } = isObject(metadata) ? metadata : {};
  const name = isObject(nbgrader) ? nbgrader.grade_id : undefined;
  const exercise = isObject(own) ? own.exercise : undefined;
  return {
    ...(typeof name === 'string' && { name }),
    ...(typeof exercise === 'string' && { exercise }),
    ...(typeof id === 'string' ? { id } : typeof colab === 'string' && { id: colab }),
  };
}

/** A text or its lines, with line ends as the course has them. */
function textIn(source: unknown): string | undefined {
  const lines = Array.isArray(source) ? (source as unknown[]) : [source];
  if (!lines.every((line) => typeof line === 'string')) return undefined;
  return lines.join('').replace(/\r\n?/g, '\n');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
