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
  /** What users have been asked and have not answered, the oldest first. */
  let open: readonly Question[] = [];
  const channelsOver = (answers: 'shell' | 'control'): Channels => ({
    reply({ header, identities }, type, content) {
      // Its cell has ended: what it has asked, nobody wants to know any more.
      open = open.filter(({ request }) => request !== header.msg_id);
      send(answers, compose(type, content, { session, parent: header, identities }));
    },
    publish(type, content, parent) {
      send('iopub', compose(type, content, { session, parent: parent?.header }));
    },
    ask({ header, identities }, { prompt, password }) {
      const content = { prompt, password };
      const question = compose('input_request', content, { session, parent: header, identities });
      send('stdin', question);
      return new Promise((resolve) => {
        open = [...open, { id: question.header.msg_id, request: header.msg_id, resolve }];
      });
    },
  });
  return {
    channels: channelsOver('shell'),
    controlChannels: channelsOver('control'),
    takeInput({ parent_header: parent, content }) {
      // Of jupyter_client's front ends, none says what it answers.
      const answered = 'msg_id' in parent ? open.find(({ id }) => id === parent.msg_id) : open[0];
      open = open.filter((question) => question !== answered);
      answered?.resolve(String(content.value));
    },
  };
}

interface Question {
  readonly id: string;
  /** The id of the request whose cell asks. */
  readonly request: string;
  readonly resolve: (typed: string) => void;
}
