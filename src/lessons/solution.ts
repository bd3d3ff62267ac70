import { markedLines } from './marked-lines.js';

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
  let found = false;
  for (const { text, place } of markedLines(code, 'SOLUTION')) {
    if (place === 'inside' || place === 'outside') solution.push(text);
    if (place === 'outside') stub.push(text);
    if (place === 'begin') {
      found = true;
      stub.push(text.replace(/\/\/.*/, notImplemented));
    }
  }
  if (!found) {
    throw new Error(
      'the exercise has no solution between "// BEGIN SOLUTION" and "// END SOLUTION"',
    );
  }
  return { solution: solution.join('\n'), stub: stub.join('\n') };
}
