import type { WorkerMessage } from '../messages.js';

/** How much text one cell may print, in characters. */
const limit = 1_000_000;

/** Passes messages on, but of a flood of text only the beginning, with a notice. */
export function limitOutput(
  send: (message: WorkerMessage) => void,
): (message: WorkerMessage) => void {
  const printed = new Map<number, number>();
  return (message) => {
    if (message.type !== 'output' || message.output.type !== 'stream') {
      send(message);
      return;
    }
    const { cell, output } = message;
    const before = printed.get(cell) ?? 0;
    const after = before + output.text.length;
    printed.set(cell, after);
    if (after <= limit) {
      send(message);
    } else if (before <= limit) {
      const notice = `\n… the rest is left out: a cell may print ${limit} characters.\n`;
      const text = beginning(output.text, limit - before) + notice;
      send({ ...message, output: { ...output, text } });
    }
  };
}

/** The first characters of a text; of one outside the basic plane, never a half. */
function beginning(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
