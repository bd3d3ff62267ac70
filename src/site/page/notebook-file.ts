import { textOf, type CodeCell, type Notebook } from '../../notebook/notebook.js';
import type { LiveCell } from './live-cell.js';

/** What a notebook holds of a cell. */
export type CellContent = Pick<
  LiveCell,
  'id' | 'name' | 'kind' | 'exercise' | 'text' | 'outputs' | 'executionCount'
>;

/**
 * The lesson's notebook with what the learner has typed, and what came out.
 *
 * @param notebook as nbgrader hands it out: its checks stay as they are there
 */
export function fillNotebook(notebook: Notebook, cells: readonly CellContent[]): Notebook {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => {
      const content = byId.get(cell.id);
      if (!content || cell.cell_type !== 'code') return cell;
      const source = content.kind === 'check' ? cell.source : content.text.split(/(?<=\n)/);
      const outputs = [...(content.outputs ?? [])];
      return { ...cell, source, outputs, execution_count: content.executionCount };
    }),
  };
}

/**
 * What a notebook's cells have where this lesson's cells have something else, by the cell's name.
 *
 * @param name the file's, for errors
 * @throws Error that says in a sentence why there is nothing to be had of it
 */
export function answersIn(
  file: string,
  name: string,
  cells: readonly CellContent[],
): ReadonlyMap<string, string> {
  const codeCells = parse(file, name);
  const answers = new Map<string, string>();
  let known = 0;
  for (const cell of cells) {
    if (cell.kind === 'check') continue;
    const found = codeCells.find((candidate) => isSame(candidate, cell));
    if (!found) continue;
    known++;
    const text = textOf(found.source);
    if (text !== cell.text) answers.set(cell.name, text);
  }
  if (known > 0) return answers;
  throw new Error(`“${name}” has no cell of this lesson. Nothing has been changed.`);
}

function parse(file: string, name: string): CodeCell[] {
  try {
    const { cells } = JSON.parse(file) as Notebook;
    const code = cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
    if (code.every(({ source }) => isText(source))) return code;
  } catch {
    // Said below.
  }
  throw new Error(
    `“${name}” cannot be read: it is not a notebook, or it is damaged. Nothing has been changed.`,
  );
}

function isText(source: unknown): boolean {
  const lines = Array.isArray(source) ? source : [source];
  return lines.every((line) => typeof line === 'string');
}

function isSame({ id, metadata }: Partial<CodeCell>, cell: CellContent): boolean {
  const { nbgrader, inception_lab: ours } = (metadata ?? {}) as {
    nbgrader?: { grade_id?: string };
    inception_lab?: { exercise?: string };
  };
  if (nbgrader?.grade_id !== undefined) return nbgrader.grade_id === cell.name;
  if (cell.kind === 'exercise' && ours?.exercise !== undefined)
    return ours.exercise === cell.exercise;
  return id === cell.id;
}
