/** A part of what was asked of a machine with a GPU. */
export interface Part {
  readonly name: string;
  /** `done`, or what went wrong. */
  status: string;
  seconds: number;
  facts: Readonly<Record<string, string | number>>;
  readonly rows: Row[];
}

export type Row = Readonly<Record<string, unknown>>;

/**
 * All parts as Markdown: what ran and what did not, facts, and rows as tables.
 *
 * @param native what was carried along of the native backend, as a sentence
 */
export function asMarkdown(parts: readonly Part[], native: string): string {
  const texts = parts.map(({ name, status, seconds, facts, rows }) =>
    [
      `## ${name}`,
      `${status === 'done' ? 'Done' : `Not done: ${status}`} (${seconds.toFixed(0)} s).`,
      Object.entries(facts)
        .map(([key, value]) => `- ${key}: ${value}`)
        .join('\n'),
      table(name === 'bench' ? besidePyTorch(rows) : rows),
    ]
      .filter((text) => text !== '')
      .join('\n\n'),
  );
  return [`${native}.`, ...texts].join('\n\n');
}

/** A row for each work, a column for each contender, in milliseconds, and how many times PyTorch's time. */
function besidePyTorch(rows: readonly Row[]): Row[] {
  const works = new Map<string, Record<string, unknown>>();
  for (const row of rows) {
    const work = [row.network, row.kind, row.batch].join(' ');
    const one = works.get(work) ?? { network: row.network, kind: row.kind, batch: row.batch };
    one[String(row.contender)] = row.milliseconds ?? row.problem;
    works.set(work, one);
  }
  const contenders = new Set(rows.map(({ contender }) => String(contender)));
  for (const one of works.values()) {
    const theirs = Number(one['PyTorch, float32']);
    for (const name of contenders) {
      const ratio = Number(one[name]) / theirs;
      if (!name.startsWith('PyTorch') && !Number.isNaN(ratio)) one[`${name}: ratio`] = ratio;
    }
  }
  return [...works.values()];
}

function table(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => columns.map((column) => inWords(row[column])));
  return [columns, columns.map(() => '---'), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function inWords(value: unknown): string {
  if (typeof value === 'number') {
    return Number.isInteger(value) ? `${value}` : value.toPrecision(3);
  }
  if (typeof value !== 'string') return '';
  return value.replaceAll('\n', ' ').replaceAll('|', '/');
}
