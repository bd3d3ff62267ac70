import { codeFrameColumns } from '@babel/code-frame';

/** A place in a text, both numbers from 1; columns are UTF-16 code units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The lines around a place of a cell, with a mark below it. */
export function codeFrame(source: string, start: Place, end: Place = start): string {
  return codeFrameColumns(source, { start, end }, { linesAbove: 2, linesBelow: 1 });
}
