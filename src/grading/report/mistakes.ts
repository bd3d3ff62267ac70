import type { Marked } from './marked.js';

export interface Mistake {
  readonly exercise: string;
  /** The first line of what the check said. */
  readonly message: string;
  readonly learners: readonly string[];
}

/** What checks said, most frequent first. */
export function commonMistakes(all: readonly Marked[]): Mistake[] {
  const found = new Map<string, { exercise: string; message: string; learners: string[] }>();
  for (const { learner, marks } of all) {
    for (const { exercise, message } of marks.checks) {
      if (message === undefined) continue;
      const [line = ''] = message.split('\n');
      const key = JSON.stringify([exercise, line]);
      const mistake = found.get(key) ?? { exercise, message: line, learners: [] };
      if (!mistake.learners.includes(learner)) mistake.learners.push(learner);
      found.set(key, mistake);
    }
  }
  return [...found.values()].sort((one, other) => other.learners.length - one.learners.length);
}
