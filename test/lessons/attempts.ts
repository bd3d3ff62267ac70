import assert from 'node:assert/strict';
import type { ExercisePart } from '../../dist/lessons/lesson.js';
import { mistakes } from './mistakes/index.js';

export interface Attempt {
  readonly name: string;
  readonly code: string;
  /** What the first of its checks that fails is to say; `undefined` if all are to pass. */
  readonly message: RegExp | undefined;
  /** Whether hidden tests alone see what is wrong. */
  readonly hidden?: true;
}

/** What learners do: nothing, what is typically wrong, and what is right. */
export function attemptsAt(slug: string, { name, solution, stub }: ExercisePart): Attempt[] {
  const wrong = (mistakes[slug]?.[name] ?? []).map(({ what, change, also, message, hidden }) => {
    const code = [change, ...(also ? [also] : [])].reduce((text, [from, to]) => {
      assert.ok(text.includes(from), `the solution of ${name} has no "${from}"`);
      return text.replace(from, to);
    }, solution);
    return { name: `${name}: ${what}`, code, message, ...(hidden && { hidden }) };
  });
  return [
    {
      name: `${name}: nothing done`,
      code: stub,
      message: /your code stopped with "not implemented"/,
    },
    ...wrong,
    { name: `${name}: the solution`, code: solution, message: undefined },
  ];
}
