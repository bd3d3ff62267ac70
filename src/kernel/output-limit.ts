import type { WorkerMessage } from './messages.js';

/** How much text one cell may print, in characters. */
const limit = 1_000_000;

/** Passes messages on, but of a flood of text only the beginning, with a notice. */
export function limitOutput(
  send: (message: WorkerMessage) => void,
): (message: WorkerMessage) => void {
  let printed = 0;
  return (message) => {
    if (message.type === 'done') printed = 0;
    if (message.type !== 'stream' || printed + message.text.length <= limit) {
      if (message.type === 'stream') printed += message.text.length;
      send(message);
    } else if (printed <= limit) {
      printed = Infinity;
      send({
        ...message,
        text: `\n… the rest is left out: a cell may print ${limit} characters.\n`,
      });
    }
  };
}
