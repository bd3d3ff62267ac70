import { quote } from './text.js';

/** A header nests three deep: the header, a tensor's entry, its shape. The rest is for what others add. */
const deepest = 8;

/**
 * Checks what `JSON.parse` does not: that no object has a key twice (it would keep the last one),
 * and that nothing nests so deep that parsing it would take memory without end. It finds its way
 * through any text; whether the text is JSON at all, `JSON.parse` tells.
 *
 * @throws Error with a clause that says what is wrong.
 */
export function checkJsonStructure(text: string): void {
  const keysOfOpen: Set<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '{' || character === '[') {
      if (keysOfOpen.push(new Set()) > deepest) throw new Error('its header nests too deep');
    } else if (character === '}' || character === ']') {
      keysOfOpen.pop();
    } else if (character === '"') {
      const end = endOfString(text, i);
      if (text[skipSpace(text, end)] === ':') addKey(keysOfOpen.at(-1), text.slice(i, end));
      i = end - 1;
    }
  }
}

function addKey(keys: Set<string> | undefined, literal: string): void {
  const key = JSON.parse(literal) as string; // "a" and "\u0061" are the same key
  if (keys?.has(key)) throw new Error(`its header has the key ${quote(key)} twice in one object`);
  keys?.add(key);
}

/** The position after the quote that closes the string which opens at `start`. */
function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i + 1;
}

function skipSpace(text: string, start: number): number {
  let i = start;
  while (text[i] === ' ' || text[i] === '\n' || text[i] === '\r' || text[i] === '\t') i++;
  return i;
}
