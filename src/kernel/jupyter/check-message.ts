import type { Message } from '../message.js';

/** What a message consists of, as it was read. */
export type MessageParts = Record<'header' | 'parent_header' | 'metadata' | 'content', unknown>;

/**
 * Makes a message of parts that come from outside.
 *
 * @throws Error that says what is wrong with them.
 */
export function checkMessage(parts: MessageParts, identities: readonly Uint8Array[]): Message {
  if (!Object.values(parts).every(isObject)) throw new Error('a part of it is not a JSON object');
  const { msg_id, msg_type, session } = parts.header as Record<string, unknown>;
  if ([msg_id, msg_type, session].some((value) => typeof value !== 'string')) {
    throw new Error('its header lacks msg_id, msg_type or session');
  }
  return { identities, ...parts } as unknown as Message;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
