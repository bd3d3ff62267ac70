import { checkMessage } from '../check-message.js';
import type { ChannelName } from '../../connect-channels.js';
import type { Message } from '../../message.js';

/** A message, and the channel over which it comes. */
export interface Incoming {
  readonly channel: ChannelName;
  readonly message: Message;
}

const channels: readonly unknown[] = ['shell', 'control', 'stdin'] satisfies ChannelName[];

/**
 * Reads a message as it comes over the WebSocket: all channels go over one.
 *
 * @param from the front end, whom the answer is for
 * @throws Error that says what is wrong with it.
 */
export function readMessage(text: string, from: string): Incoming {
  const { channel, header, parent_header, metadata, content } = JSON.parse(text) as Record<
    string,
    unknown
  >;
  if (!channels.includes(channel)) throw new Error('it has no channel that a front end may use');
  const parts = { header, parent_header, metadata, content };
  return {
    channel: channel as ChannelName,
    message: checkMessage(parts, [Buffer.from(from)]),
  };
}

export function writeMessage(channel: ChannelName, message: Message): string {
  const { header, parent_header, metadata, content } = message;
  const { msg_id, msg_type } = header;
  return JSON.stringify({
    ...{ channel, msg_id, msg_type },
    ...{ header, parent_header, metadata, content, buffers: [] },
  });
}
