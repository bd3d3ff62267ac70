import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Message } from '../message.js';

/** What stands between the routing and the message. */
const delimiter = Buffer.from('<IDS|MSG>');

/**
 * Reads a message as it comes over ZeroMQ.
 *
 * @param key of the connection file; an empty one means that messages are not signed
 * @throws Error that says what is wrong with it: not signed with the key, or not JSON
 */
export function decode(frames: readonly Buffer[], key: string): Message {
  const start = frames.findIndex((frame) => frame.equals(delimiter));
  const [signature, ...parts] = frames.slice(start + 1);
  const [header, parent, metadata, content] = parts;
  if (start < 0 || !signature || !header || !parent || !metadata || !content) {
    throw new Error('it has not all of its parts');
  }
  const signed = [header, parent, metadata, content];
  if (!isSignature(signature, sign(signed, key))) throw new Error('its signature is wrong');
  const message = {
    identities: frames.slice(0, start),
    header: object(header),
    parent_header: object(parent),
    metadata: object(metadata),
    content: object(content),
  };
  const { msg_id, msg_type, session } = message.header;
  if ([msg_id, msg_type, session].some((value) => typeof value !== 'string')) {
    throw new Error('its header lacks msg_id, msg_type or session');
  }
  return message as unknown as Message;
}

/** A message as it goes over ZeroMQ. */
export function encode(message: Message, key: string): Buffer[] {
  const { identities, header, parent_header, metadata, content } = message;
  const parts = [header, parent_header, metadata, content].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  return [
    ...identities.map((identity) => Buffer.from(identity)),
    delimiter,
    Buffer.from(sign(parts, key)),
    ...parts,
  ];
}

/** HMAC-SHA256, hexadecimal. */
function sign(parts: readonly Buffer[], key: string): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/** Takes as long whatever differs, so that nobody can try out a signature byte by byte. */
function isSignature(given: Buffer, expected: string): boolean {
  return given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
}

function object(part: Buffer): Record<string, unknown> {
  const value: unknown = JSON.parse(part.toString());
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error('a part of it is no JSON object');
}
