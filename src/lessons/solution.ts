const begin = /^\s*\/\/ BEGIN SOLUTION\s*$/;
const end = /^\s*\/\/ END SOLUTION\s*$/;

/** What stands in the learner's notebook instead of a solution. */
export const notImplemented = "throw new Error('not implemented');";

/**
 * Splits an exercise's cell into what solves it and what the learner gets.
 *
 * The marks stand inside a function's body, so that the learner's cell still declares what later
 * cells use, and compiles.
 *
 * @throws Error if there is no solution, or its marks do not pair.
 */
export function splitSolution(code: string): { solution: string; stub: string } {
  const solution: string[] = [];
  const stub: string[] = [];
  let inside = false;
  let found = false;
  for (const line of code.split('\n')) {
    if (begin.test(line)) {
      if (inside) throw new Error('a "// BEGIN SOLUTION" stands inside a solution');
      inside = found = true;
      stub.push(line.replace(/\/\/.*/, notImplemented));
    } else if (end.test(line)) {
      if (!inside) throw new Error('an "// END SOLUTION" has no "// BEGIN SOLUTION" before it');
      inside = false;
    } else {
      solution.push(line);
      if (!inside) stub.push(line);
    }
  }
  if (inside) throw new Error('a "// BEGIN SOLUTION" has no "// END SOLUTION" after it');
  if (!found) {
    throw new Error(
      'the exercise has no solution between "// BEGIN SOLUTION" and "// END SOLUTION"',
    );
  }
  return { solution: solution.join('\n'), stub: stub.join('\n') };
}
