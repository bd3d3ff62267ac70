/** One cell that was run. */
export interface HistoryEntry {
  readonly line: number;
  readonly code: string;
  /** Its result in words, if it had one. */
  output?: string;
}

/** As Jupyter has it: the session, the cell's number, and its code or its code and output. */
type Row = [session: number, line: number, source: string | [code: string, output: string | null]];

/** There is no history of earlier sessions. */
const session = 1;

/** What was run since the kernel started, for the front end's arrow keys and searches. */
export class History {
  readonly #entries: HistoryEntry[] = [];

  add(line: number, code: string): HistoryEntry {
    const entry: HistoryEntry = { line, code };
    this.#entries.push(entry);
    return entry;
  }

  /** @param request the content of a `history_request` */
  find(request: Readonly<Record<string, unknown>>): Row[] {
    return this.#select(request).map(({ line, code, output = null }) => [
      session,
      line,
      request.output === true ? [code, output] : code,
    ]);
  }

  #select(request: Readonly<Record<string, unknown>>): readonly HistoryEntry[] {
    const n = typeof request.n === 'number' ? request.n : Infinity;
    switch (request.hist_access_type) {
      case 'range': {
        const [start, stop] = [Number(request.start ?? 0), Number(request.stop ?? Infinity)];
        // 0 is the current session.
        const isThis = [0, session].includes(Number(request.session ?? 0));
        return this.#entries.filter(({ line }) => isThis && line >= start && line < stop);
      }
      case 'search': {
        const matches = globMatcher(typeof request.pattern === 'string' ? request.pattern : '*');
        const found = this.#entries.filter(({ code }) => matches(code));
        return last(request.unique === true ? lastOfEach(found) : found, n);
      }
      default:
        return last(this.#entries, n);
    }
  }
}

function last<T>(entries: readonly T[], n: number): readonly T[] {
  return n > 0 ? entries.slice(-n) : [];
}

/** Of equal cells, the one that was run last. */
function lastOfEach(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const byCode = new Map<string, HistoryEntry>();
  for (const entry of entries) {
    byCode.delete(entry.code);
    byCode.set(entry.code, entry);
  }
  return [...byCode.values()];
}

/** `*` stands for anything, `?` for one character. */
function globMatcher(pattern: string): (text: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}
