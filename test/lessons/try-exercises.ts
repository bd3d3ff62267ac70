import assert from 'node:assert/strict';
import { runNotebook } from '../../dist/kernel/run-notebook.js';
import type { Lesson } from '../../dist/lessons/lesson.js';
import { toAssignment } from '../../dist/lessons/to-assignment.js';
import { toNotebook } from '../../dist/lessons/to-notebook.js';
import type { CodeCell } from '../../dist/notebook/notebook.js';
import { attemptsAt, type Attempt } from './attempts.js';

/**
 * Runs a lesson once; where an exercise is checked, every attempt at it is made and checked: twice,
 * since the hint comes with the second failure.
 */
async function tryAll(lesson: Lesson): Promise<Map<Attempt, CodeCell[]>> {
  // Its checks are the solved notebook's, and import anew what they use.
  const notebook = toAssignment(lesson);
  const exercises = lesson.parts.filter((part) => part.kind === 'exercise');
  const attempts = new Map(
    exercises.map((exercise) => [exercise.name, attemptsAt(lesson.slug, exercise)]),
  );
  const checks = new Map<Attempt, string[]>();
  const cells = notebook.cells.flatMap((cell, i) => {
    const part = lesson.parts[i];
    if (part?.kind !== 'check') return [cell];
    return attempts.get(part.exercise)!.flatMap((attempt, n) => {
      const id = `${cell.id}-${n}`;
      checks.set(attempt, [...(checks.get(attempt) ?? []), id]);
      return [
        { ...(cell as CodeCell), id: `${id}-attempt`, source: attempt.code },
        ...(attempt.message ? [{ ...cell, id: `${id}-first` }] : []),
        { ...cell, id },
      ];
    });
  });
  const options = { cwd: process.cwd(), cellTimeout: 300, allowErrors: true };
  const executed = await runNotebook({ ...notebook, cells }, options);
  const byId = new Map(executed.cells.map((cell) => [cell.id, cell as CodeCell]));
  // The lesson's other cells run as they are.
  for (const { id, cell_type } of notebook.cells) {
    if (cell_type !== 'code' || !byId.has(id)) continue;
    assert.equal(messageOf(byId.get(id)!), undefined, `cell ${id}`);
  }
  // nbgrader would take a number that a check shows for its points.
  for (const { id, outputs } of [...checks.values()].flat().map((id) => byId.get(id)!)) {
    assert.ok(!outputs.some(({ output_type }) => output_type === 'execute_result'), id);
  }
  return new Map([...checks].map(([attempt, ids]) => [attempt, ids.map((id) => byId.get(id)!)]));
}

/** What a cell failed with. */
function messageOf({ outputs }: CodeCell): string | undefined {
  return outputs.find((output) => output.output_type === 'error')?.evalue;
}

/** Lessons that `npm test` tries; test/full/ tries all others, which takes a quarter of an hour. */
export const triedByNpmTest = /^00-/;

/** Declares the tests of lessons: as they are solved, and not, and with what learners get wrong. */
export function tryExercises(lessons: readonly Lesson[]): void {
  for (const lesson of lessons) {
    it(`of ${lesson.slug} lets the solution pass, and tells the stub and typical mistakes what is wrong`, async () => {
      for (const [{ name, message }, checks] of await tryAll(lesson)) {
        const [said = 'passed'] = checks.map(messageOf).filter((text) => text !== undefined);
        assert.match(said, message ?? /^passed$/, `${name}: ${said}`);
      }
    });
  }

  for (const lesson of lessons) {
    it(`of ${lesson.slug}, not done, fails in its check, and lets every other cell run`, async () => {
      const options = { cwd: process.cwd(), cellTimeout: 300, allowErrors: true };
      const { cells } = await runNotebook(toNotebook(lesson, 'learner'), options);
      for (const [i, cell] of cells.entries()) {
        if (cell.cell_type !== 'code') continue;
        const failed = cell.outputs.some((output) => output.output_type === 'error');
        assert.equal(failed, lesson.parts[i]?.kind === 'check', `cell ${i + 1}`);
      }
    });
  }
}
