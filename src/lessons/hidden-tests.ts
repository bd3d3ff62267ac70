import { markedLines } from './marked-lines.js';

/**
 * Splits a check's cell into all that it checks and what the learner sees of it.
 *
 * @throws Error if the marks around hidden tests do not pair.
 */
export function splitHiddenTests(source: string): { code: string; visible: string } {
  const lines = markedLines(source, 'HIDDEN TESTS');
  const textOf = (places: readonly string[]) =>
    lines
      .filter(({ place }) => places.includes(place))
      .map(({ text }) => text)
      .join('\n')
      .replace(/^\n+/, '')
      .trimEnd();
  return { code: textOf(['inside', 'outside']), visible: textOf(['outside']) };
}

/** A lesson's whole source without its hidden tests and the marks around them. */
export function withoutHiddenTests(source: string): string {
  return markedLines(source, 'HIDDEN TESTS')
    .filter(({ place }) => place === 'outside')
    .map(({ text }) => text)
    .join('\n');
}
