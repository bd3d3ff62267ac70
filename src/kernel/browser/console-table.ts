import { eastAsianWidth } from 'get-east-asian-width';
import { inspect, stripVTControlCharacters } from 'node-inspect-extracted';

interface Table {
  readonly head: readonly string[];
  readonly columns: readonly (readonly (string | undefined)[])[];
}

const [index, values] = ['(index)', 'Values'];
const [iteration, key] = ['(iteration index)', 'Key'];

/**
 * What Node's `console.table` prints of an object.
 *
 * @param wanted the columns; default: all properties that a row has
 */
export function tableOf(data: object, wanted?: readonly string[]): string {
  if (data instanceof Map) {
    const columns = [[...data.keys()].map(inCell), [...data.values()].map(inCell)];
    return draw({ head: [iteration, key, values], columns: [numbers(data.size), ...columns] });
  }
  if (data instanceof Set) {
    const column = [...data].map(inCell);
    return draw({ head: [iteration, values], columns: [numbers(data.size), column] });
  }
  return draw(rowsOf(data as Record<string, unknown>, wanted));
}

function numbers(length: number): string[] {
  return Array.from({ length }, (_, i) => String(i));
}

function rowsOf(data: Readonly<Record<string, unknown>>, wanted?: readonly string[]): Table {
  const rows = Object.keys(data);
  const columns = new Map<string, (string | undefined)[]>();
  const alone: (string | undefined)[] = [];
  for (const [i, row] of rows.entries()) {
    const item = data[row];
    if (item === null || (typeof item !== 'function' && typeof item !== 'object')) {
      alone[i] = inCell(item);
      continue;
    }
    for (const name of wanted ?? Object.keys(item)) {
      const column = columns.get(name) ?? [];
      columns.set(name, column);
      if (Object.hasOwn(item, name)) column[i] = inCell((item as Record<string, unknown>)[name]);
    }
  }
  if (alone.length > 0) columns.set(values, alone);
  return { head: [index, ...columns.keys()], columns: [rows, ...columns.values()] };
}

function inCell(value: unknown): string {
  const isLarge =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 2;
  return inspect(value, { depth: isLarge ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });
}

function draw({ head, columns }: Table): string {
  const length = Math.max(...columns.map((column) => column.length));
  const rows = Array.from({ length }, (_, row) => columns.map((column) => column[row] ?? ''));
  const widths = head.map((name, i) =>
    Math.max(widthOf(name), ...rows.map((row) => widthOf(row[i] ?? ''))),
  );
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - widthOf(cell)));
    return `│ ${padded.join(' │ ')} │`;
  };
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right;
  return [
    ...[rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤')],
    ...[...rows.map(line), rule('└', '┴', '┘')],
  ].join('\n');
}

/** In columns of a terminal. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text).normalize('NFC')) {
    const isInvisible = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u.test(character);
    if (!isInvisible) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}
