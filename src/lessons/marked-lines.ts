/** A line of a cell, and where it stands: a mark itself, or between two of them, or neither. */
export interface MarkedLine {
  readonly text: string;
  readonly place: 'begin' | 'inside' | 'end' | 'outside';
}

/** What stands between marks, in words for errors, by what the marks say. */
const contents = { SOLUTION: 'a solution', 'HIDDEN TESTS': 'hidden tests' } as const;

export type Mark = keyof typeof contents;

/**
 * Reads the lines of a cell, parts of which stand between `// BEGIN …` and `// END …`.
 *
 * @param mark what the marks say: `'SOLUTION'`
 * @throws Error if the marks do not pair.
 */
export function markedLines(code: string, mark: Mark): MarkedLine[] {
  let inside = false as boolean;
  const lines = code.split('\n').map((text): MarkedLine => {
    const place = placeOfMark(text, mark);
    if (place === undefined) return { text, place: inside ? 'inside' : 'outside' };
    if (place === 'begin' && inside) {
      throw new Error(`a "// BEGIN ${mark}" stands inside ${contents[mark]}`);
    }
    if (place === 'end' && !inside) {
      throw new Error(`an "// END ${mark}" has no "// BEGIN ${mark}" before it`);
    }
    inside = place === 'begin';
    return { text, place };
  });
  if (inside) throw new Error(`a "// BEGIN ${mark}" has no "// END ${mark}" after it`);
  return lines;
}

/**
 * @param allowedIn the kind of cell that such marks are for
 * @throws Error if a cell has marks that are not for its kind.
 */
export function forbidMarks(code: string, mark: Mark, allowedIn: string): void {
  if (code.split('\n').some((line) => placeOfMark(line, mark))) {
    throw new Error(`${contents[mark]} can only stand in ${allowedIn}`);
  }
}

function placeOfMark(line: string, mark: Mark): 'begin' | 'end' | undefined {
  const text = line.trim();
  if (text === `// BEGIN ${mark}`) return 'begin';
  return text === `// END ${mark}` ? 'end' : undefined;
}
