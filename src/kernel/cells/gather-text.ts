import type { WorkerMessage } from '../messages.js';

type Send = (message: WorkerMessage) => void;

export interface TextGatherer {
  readonly send: Send;
  /** Sends what waits. */
  readonly flush: () => void;
}

/** In milliseconds, and how many texts may go one by one within that. */
const span = 50;
const mostAtOnce = 50;

// Before a cell could change them.
const now = performance.now.bind(performance);
const later = globalThis.setTimeout.bind(globalThis);

/**
 * Passes messages on; what a cell prints in great numbers goes in bundles, since each message costs
 * those who receive it more than printing costs the cell. Of what is printed now and then, nothing waits.
 */
export function gatherText(send: Send): TextGatherer {
  let begun = -Infinity;
  let sent = 0;
  let isTimed = false;
  let waiting: Text | undefined;
  const flush = () => {
    const gathered = waiting;
    waiting = undefined;
    if (gathered) send(gathered);
  };
  const gather = (message: Text) => {
    if (waiting && !continues(waiting, message)) flush();
    waiting = waiting ? joined(waiting, message) : message;
    if (now() - begun > span) [begun, sent] = [now(), 0];
    if (sent < mostAtOnce) {
      sent++;
      flush();
    } else if (!isTimed) {
      isTimed = true;
      later(() => {
        isTimed = false;
        flush();
      }, span);
    }
  };
  return {
    flush,
    send(message) {
      if (isText(message)) {
        gather(message);
      } else {
        flush();
        send(message);
      }
    },
  };
}

type Text = WorkerMessage & { type: 'output'; output: { type: 'stream' } };

function isText(message: WorkerMessage): message is Text {
  return message.type === 'output' && message.output.type === 'stream';
}

function continues({ cell, output }: Text, next: Text): boolean {
  return next.cell === cell && next.output.name === output.name;
}

function joined(text: Text, { output }: Text): Text {
  return { ...text, output: { ...text.output, text: text.output.text + output.text } };
}
