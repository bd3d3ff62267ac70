import type { Channels } from './kernel.js';
import { compose, type Message } from './message.js';

/** Those over which front ends and kernels speak. */
export type ChannelName = 'shell' | 'control' | 'stdin' | 'iopub';

export interface ConnectedChannels {
  /** For requests that wait. */
  readonly channels: Channels;
  /** For those that do not. */
  readonly controlChannels: Channels;
  /** Takes in what a user has typed, as a message in answer to the question. */
  readonly takeInput: (answer: Message) => void;
}

/**
 * A kernel's channels over any transport.
 *
 * @param send carries a message: its `identities`, those of the request that it belongs to, say to
 *   whom; what goes over `iopub` is for all
 * @param session the kernel's own
 */
export function connectChannels(
  send: (channel: ChannelName, message: Message) => void,
  session: string,
): ConnectedChannels {
  /** What users have been asked, by the id of the message. */
  const asked = new Map<string, (typed: string) => void>();
  const channelsOver = (answers: 'shell' | 'control'): Channels => ({
    reply({ header, identities }, type, content) {
      send(answers, compose(type, content, { session, parent: header, identities }));
    },
    publish(type, content, parent) {
      send('iopub', compose(type, content, { session, parent: parent?.header }));
    },
    ask({ header, identities }, { prompt, password }) {
      const content = { prompt, password };
      const question = compose('input_request', content, { session, parent: header, identities });
      send('stdin', question);
      return new Promise((resolve) => asked.set(question.header.msg_id, resolve));
    },
  });
  return {
    channels: channelsOver('shell'),
    controlChannels: channelsOver('control'),
    takeInput({ parent_header: { msg_id }, content }) {
      asked.get(msg_id)?.(String(content.value));
      asked.delete(msg_id);
    },
  };
}
