import { readFileSync } from 'node:fs';

/** What Linux tells of a process, a line a thing; empty if it has ended. */
export function statusOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
