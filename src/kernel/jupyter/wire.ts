import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Message } from '../message.js';
import { checkMessage } from './check-message.js';

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
  const [signature, header, parent, metadata, content] = frames.slice(start + 1);
  if (start < 0 || !signature || !header || !parent || !metadata || !content) {
    throw new Error('it lacks some of its parts');
  }
  const signed = [header, parent, metadata, content];
  if (!isSignature(signature, sign(signed, key))) throw new Error('its signature is wrong');
  const parts = {
    header: parse(header),
    parent_header: parse(parent),
    metadata: parse(metadata),
    content: parse(content),
  };
  return checkMessage(parts, frames.slice(0, start));
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

function parse(part: Buffer): unknown {
  return JSON.parse(part.toString());
}
