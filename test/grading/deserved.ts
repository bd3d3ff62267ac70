import assert from 'node:assert/strict';
import type { SuiteRun } from './run-suite.js';
import type { SuiteEntry } from './suite.js';

interface Given {
  /** In the order of `checkNames`. */
  readonly points: readonly (number | undefined)[] | undefined;
  /** Why there are no more. */
  readonly said?: string;
}

/** A test for each of those who hand something in. */
export function itGivesWhatIsDeserved(
  entries: readonly SuiteEntry[],
  given: (entry: SuiteEntry, i: number) => Given,
): void {
  for (const [i, entry] of entries.entries()) {
    const { name, what, deserved } = entry;
    it(`gives ${deserved.join(' + ')} to who ${what} (${name})`, () => {
      const { points, said } = given(entry, i);
      assert.deepEqual(points, [...deserved], said);
    });
  }
}

/** What the command has given. */
export function markedIn({ marked, points }: SuiteRun, name: string): Given {
  const { marks } = marked.get(name)!;
  const said = [...marks.errors, ...marks.checks.map(({ message }) => message)].join('\n');
  return { points: points.get(name), said };
}
