import assert from 'node:assert/strict';
import { splitSolution } from '../../dist/lessons/solution.js';

describe('splitSolution', () => {
  it('gives the learner a body that throws, and the solved edition the cell without marks', () => {
    const { solution, stub } = splitSolution(
      [
        'function two(): number {',
        '  // BEGIN SOLUTION',
        '  return 2;',
        '  // END SOLUTION',
        '}',
      ].join('\n'),
    );
    assert.equal(solution, 'function two(): number {\n  return 2;\n}');
    assert.equal(stub, "function two(): number {\n  throw new Error('not implemented');\n}");
  });

  it('blanks every solution of a cell', () => {
    const body = '// BEGIN SOLUTION\nreturn 1;\n// END SOLUTION';
    const { stub } = splitSolution(`function a() {\n${body}\n}\nfunction b() {\n${body}\n}`);
    assert.equal(stub.match(/not implemented/g)?.length, 2);
    assert.doesNotMatch(stub, /return 1/);
  });

  for (const [problem, code, message] of [
    ['no solution', 'const x = 1;', /has no solution/],
    [
      'a solution that does not end',
      '// BEGIN SOLUTION\nreturn 1;',
      /no "\/\/ END SOLUTION" after it/,
    ],
    [
      'an end without a beginning',
      'return 1;\n// END SOLUTION',
      /no "\/\/ BEGIN SOLUTION" before it/,
    ],
    [
      'a solution inside a solution',
      '// BEGIN SOLUTION\n// BEGIN SOLUTION',
      /stands inside a solution/,
    ],
  ] as const) {
    it(`refuses ${problem}`, () => {
      assert.throws(() => splitSolution(code), message);
    });
  }
});
