/**
 * The Jupyter notebook format 4.5, as far as we write and read it
 * (https://nbformat.readthedocs.io/en/latest/format_description.html).
 */
export interface Notebook {
  nbformat: 4;
  nbformat_minor: number;
  metadata: NotebookMetadata;
  cells: Cell[];
}

export interface NotebookMetadata {
  kernelspec?: { name: string; display_name: string; language: string };
  language_info?: { name: string; [key: string]: unknown };
  [key: string]: unknown;
}

export type Cell = MarkdownCell | CodeCell | RawCell;

interface CellBase {
  id: string;
  metadata: Record<string, unknown>;
  source: MultilineText;
}

export interface MarkdownCell extends CellBase {
  cell_type: 'markdown';
}

export interface RawCell extends CellBase {
  cell_type: 'raw';
}

export interface CodeCell extends CellBase {
  cell_type: 'code';
  execution_count: number | null;
  outputs: Output[];
}

/** A text, or its lines, each with its newline. */
export type MultilineText = string | string[];

/** One display in several formats, of which a front end picks the richest that it knows. */
export type MimeBundle = Record<string, unknown>;

export type Output = StreamOutput | DisplayOutput | ResultOutput | ErrorOutput;

export interface StreamOutput {
  output_type: 'stream';
  name: 'stdout' | 'stderr';
  text: MultilineText;
}

export interface DisplayOutput {
  output_type: 'display_data';
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

export interface ResultOutput {
  output_type: 'execute_result';
  execution_count: number | null;
  data: MimeBundle;
  metadata: Record<string, unknown>;
}

/** Why a cell failed. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  /** Lines to print; ANSI colours are allowed. */
  readonly traceback: readonly string[];
}

export interface ErrorOutput extends CellError {
  output_type: 'error';
}

/** The text of a cell or of an output, in one piece. */
export function textOf(text: MultilineText): string {
  return Array.isArray(text) ? text.join('') : text;
}

/** Which code cell failed first, and how, as a sentence; `undefined` if none did. */
export function firstError(notebook: Notebook): string | undefined {
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
  for (const [i, { outputs }] of cells.entries()) {
    const error = outputs.find((output) => output.output_type === 'error');
    if (error)
      return `Code cell ${i + 1} of ${cells.length} stopped with ${error.ename}: ${error.evalue}`;
  }
  return undefined;
}
