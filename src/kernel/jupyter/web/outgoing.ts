import type { ChannelName } from '../../connect-channels.js';
import { compose, type Message } from '../../message.js';
import type { Outgoing } from './front-end.js';
import { writeMessage } from './socket-messages.js';

/** A front end can do without these, but not without answers and states. */
const outputs: readonly string[] = [
  'stream',
  'display_data',
  'update_display_data',
  'execute_result',
  'error',
];

const notice = '\n… outputs are left out: there were more of them than the page could take.\n';

export function asOutgoing(channel: ChannelName, message: Message): Outgoing {
  const text = writeMessage(channel, message);
  const { header, parent_header: parent } = message;
  if (!outputs.includes(header.msg_type)) return { text };
  const content = { name: 'stderr', text: notice };
  const options = { session: header.session, parent };
  return { text, stead: () => writeMessage(channel, compose('stream', content, options)) };
}
