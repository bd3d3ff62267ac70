import type { RunResult } from './run.js';

/** A clause that says how long the runs that are missing take, if they take as long as those done. */
export function timeLeft(done: readonly RunResult[], count: number, processes: number): string {
  if (done.length === 0 || done.length >= count) return '';
  const mean = done.reduce((sum, { seconds }) => sum + seconds, 0) / done.length;
  const minutes = Math.ceil(((count - done.length) * mean) / processes / 60);
  const hours = Math.floor(minutes / 60);
  return `, about ${hours > 0 ? `${hours} h ` : ''}${minutes % 60} min left`;
}
