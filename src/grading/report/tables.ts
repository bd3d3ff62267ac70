import { csvFormatRows } from 'd3-dsv';
import type { Lesson } from '../../lessons/lesson.js';
import { byExercise, totalOf, type Marked } from './marked.js';

/** All marks as a table: a row a learner, a column an exercise. */
export function marksTable(all: readonly Marked[]): string {
  const exercises = byExercise(all[0]?.marks.checks ?? []);
  const head = ['learner', 'points', 'of', ...exercises.map(({ exercise }) => exercise)];
  const rows = all.map(({ learner, marks: { checks } }) => {
    const { earned, points } = totalOf(checks);
    return [learner, earned, points, ...byExercise(checks).map((one) => one.earned)];
  });
  return csv([head, ...rows]);
}

/**
 * As Moodle takes it in (assignment, "Upload grading worksheet"): it knows learners by the numbers in
 * the names of what it hands out.
 */
export function moodleTable(all: readonly Marked[]): string {
  const head = ['Identifier', 'Full name', 'Grade', 'Maximum grade', 'Feedback comments'];
  const rows = all.map(({ learner, id, marks: { checks } }) => {
    const { earned, points } = totalOf(checks);
    return [id === undefined ? '' : `Participant ${id}`, learner, earned, points, inShort(checks)];
  });
  return csv([head, ...rows]);
}

/** As Canvas takes it in (gradebook, "Import"): by its own numbers of learners. */
export function canvasTable(all: readonly Marked[], { title }: Lesson): string {
  const head = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', title];
  const { points } = totalOf(all[0]?.marks.checks ?? []);
  const most = ['Points Possible', '', '', '', '', points];
  const rows = all.map(({ learner, id = '', marks: { checks } }) => [
    ...[learner, id, '', '', ''],
    totalOf(checks).earned,
  ]);
  return csv([head, most, ...rows]);
}

function inShort(checks: Marked['marks']['checks']): string {
  return byExercise(checks)
    .map(({ exercise, earned, points }) => `${exercise}: ${earned} of ${points}`)
    .join('; ');
}

function csv(rows: readonly (readonly (string | number)[])[]): string {
  return `${csvFormatRows(rows.map((row) => row.map(safe)))}\n`;
}

/** A name that a spreadsheet would take for a formula is shown as it is. */
function safe(value: string | number): string {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : `${value}`;
}
