import { Kernel, type Channels } from '../../kernel/kernel.js';
import { compose, newId, type Message } from '../../kernel/message.js';
import type { Session } from '../../kernel/session.js';
import type { ChannelMessage, KernelChannel } from './connection.js';

/** This package's; the bundler puts it in. */
declare const INCEPTION_LAB_VERSION: string;

/** A kernel in this page, behind the channel that the page knows. */
export function kernelChannel(session: Session): KernelChannel {
  const id = newId();
  /** What the user has been asked, by the id of the message. */
  const asked = new Map<string, (typed: string) => void>();
  const tell = (on: ChannelMessage['channel'], message: Message) => {
    const { header, parent_header, metadata, content } = message;
    channel.onMessage({ channel: on, header, parent_header, metadata, content });
  };
  const channelsOf = (answers: 'shell' | 'control'): Channels => ({
    reply({ header }, type, content) {
      tell(answers, compose(type, content, { session: id, parent: header }));
    },
    publish(type, content, parent) {
      tell('iopub', compose(type, content, { session: id, parent: parent?.header }));
    },
    ask({ header }, { prompt, password }) {
      const content = { prompt, password };
      const request = compose('input_request', content, { session: id, parent: header });
      tell('stdin', request);
      return new Promise((resolve) => asked.set(request.header.msg_id, resolve));
    },
  });
  const channel: KernelChannel = {
    onMessage: () => undefined,
    onClose: () => undefined,
    send({ channel: on, header, parent_header, metadata, content }) {
      const request = { identities: [], header, parent_header, metadata, content };
      if (on === 'shell') kernel.handleShell(request);
      else if (on === 'control') kernel.handleControl(request);
      else if (on === 'stdin') {
        const { msg_id } = parent_header;
        asked.get(msg_id)?.(String(content.value));
        asked.delete(msg_id);
      }
    },
    close() {
      session.close();
    },
  };
  const kernel = new Kernel({
    ...{ session, version: INCEPTION_LAB_VERSION },
    ...{ channels: channelsOf('shell'), controlChannels: channelsOf('control') },
    onEnd() {
      channel.onClose();
    },
  });
  return channel;
}
