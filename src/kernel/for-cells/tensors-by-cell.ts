import { tf } from '../../backends/tf.js';
import type { MimeBundle } from '../../notebook/notebook.js';
import { currentKernel, type CellTensors } from './current-kernel.js';

/**
 * Which cell's tensors are alive, so that a leak is seen: a cell that is run again and again and
 * whose number grows. As a cell's last expression it is shown as a table.
 *
 * Elsewhere than in this project's kernel, where nobody knows of cells, it is one row.
 */
export function tensorsByCell(): TensorReport {
  const { numTensors, numBytes } = tf.memory();
  const all = { cell: 'all cells', tensors: numTensors, bytes: numBytes };
  return new TensorReport(currentKernel()?.tensors() ?? [all]);
}

/** What {@link tensorsByCell} has found. */
export class TensorReport {
  readonly cells: readonly CellTensors[];

  constructor(cells: readonly CellTensors[]) {
    this.cells = cells;
  }

  get tensors(): number {
    return this.cells.reduce((sum, { tensors }) => sum + tensors, 0);
  }

  get bytes(): number {
    return this.cells.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** A table. */
  toString(): string {
    const { tensors, bytes } = this;
    const rows = [
      ['', 'tensors', 'bytes'],
      ...[...this.cells, { cell: 'together', tensors, bytes }].map((row) => [
        row.cell,
        row.tensors.toLocaleString('en'),
        row.bytes.toLocaleString('en'),
      ]),
    ];
    const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
    return rows
      .map((row) =>
        row
          .map((text, i) => (i === 0 ? text.padEnd(widthOf(i)) : text.padStart(widthOf(i))))
          .join('  '),
      )
      .join('\n');
  }

  [Symbol.for('Jupyter.display')](): MimeBundle {
    return { 'text/plain': this.toString() };
  }
}
