import anser from 'anser';
import { Html, html } from './html.js';

/** Sequences for a terminal that are no colours: of the cursor, the title, the keyboard. */
const noColour = new RegExp(
  [
    String.raw`\u001b\[[\d;?]*[A-Za-ln-z]`,
    String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)`,
    String.raw`\u001b[()][A-Z0-9]`,
  ].join('|'),
  'g',
);

/** A text as a terminal would show it: its colours as classes, its lines as they were written over. */
export function renderTerminalText(text: string): Html {
  const shown = writeOver(text.replace(noColour, ''));
  if (!shown.includes('\u001b')) return html`${shown}`;
  const parts = anser.ansiToJson(shown, { use_classes: true, remove_empty: true });
  return new Html(parts.map((part) => renderPart(part).text).join(''));
}

function renderPart({ content, fg, bg, decorations }: anser.AnserJsonEntry): Html {
  const classes = [fg, bg && `${bg}-back`, ...decorations.map((name) => `ansi-${name}`)];
  const names = classes.filter(Boolean).join(' ');
  return names === '' ? html`${content}` : html`<span class="${names}">${content}</span>`;
}

const backspace = '\u0008';

/** What is left of lines over which was written from their start, or of which a letter was taken back. */
function writeOver(text: string): string {
  if (!text.includes('\r') && !text.includes(backspace)) return text;
  return text
    .replace(/\r\n/g, '\n')
    .split('\n')
    .map((line) => withoutTakenBack(line.replace(/\r+$/, '')).split('\r').reduce(over, ''))
    .join('\n');
}

function over(before: string, written: string): string {
  return written + before.slice(written.length);
}

function withoutTakenBack(line: string): string {
  const [first = '', ...rest] = line.split(backspace);
  return rest.reduce((before, after) => before.slice(0, -1) + after, first);
}
