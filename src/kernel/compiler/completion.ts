import type { Completion } from '../messages.js';
import type { Editor } from './program.js';

/** What could stand at a place of a cell; that which begins as what is there comes first. */
export function completionOf({ cell, service }: Editor, place: number): Completion {
  const found = service.getCompletionsAtPosition(cell.fileName, place, {});
  const begun = /[\p{ID_Continue}$]*$/u.exec(cell.text.slice(0, place))?.[0] ?? '';
  const rest = /^[\p{ID_Continue}$]*/u.exec(cell.text.slice(place))?.[0] ?? '';
  const ranked = (found?.entries ?? [])
    .map(({ name, sortText }) => ({ name, key: `${rankOf(name, begun)}${sortText}` }))
    .filter(({ key }) => !key.startsWith(unrelated))
    .sort((a, b) => a.key.localeCompare(b.key));
  return {
    matches: ranked.map(({ name }) => name),
    start: place - begun.length,
    end: place + rest.length,
  };
}

const unrelated = '3';

function rankOf(name: string, begun: string): string {
  if (name.startsWith(begun)) return '0';
  if (name.toLowerCase().startsWith(begun.toLowerCase())) return '1';
  return name.toLowerCase().includes(begun.toLowerCase()) ? '2' : unrelated;
}
