import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** A message's own description, as Jupyter's protocol 5.4 has it. */
export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly version: string;
}

export interface Message {
  /** Whom ZeroMQ's routing is to bring the answer; on the broadcast channel, the topic. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  /** Of the request that it answers; empty where there is none. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

export const protocolVersion = '5.4';

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
  return [...identities, delimiter, Buffer.from(sign(parts, key)), ...parts];
}

/** A message that this kernel has to say, in answer to another one or of itself. */
export function compose(
  type: string,
  content: Message['content'],
  { session, parent, identities = [] }: ComposeOptions,
): Message {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username: 'kernel',
    date: new Date().toISOString(),
    version: protocolVersion,
  };
  return { identities, header, parent_header: parent ?? {}, metadata: {}, content };
}

interface ComposeOptions {
  /** This kernel's. */
  readonly session: string;
  readonly parent: Message['parent_header'] | undefined;
  readonly identities?: readonly Buffer[];
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
