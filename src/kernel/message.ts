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

/** A message of Jupyter's protocol, whatever carries it. */
export interface Message {
  /** Whom ZeroMQ's routing is to bring the answer; on the broadcast channel, the topic. */
  readonly identities: readonly Uint8Array[];
  readonly header: Header;
  /** Of the request that it answers; empty where there is none. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

export const protocolVersion = '5.4';

/** A message that this kernel has to say, in answer to another one or of itself. */
export function compose(
  type: string,
  content: Message['content'],
  { session, parent, identities = [] }: ComposeOptions,
): Message {
  const header: Header = {
    msg_id: newId(),
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
  readonly identities?: readonly Uint8Array[];
}

/** 128 random bits. Pages that came over plain HTTP have no `crypto.randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
