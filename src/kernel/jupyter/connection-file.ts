import { readFileSync } from 'node:fs';

/** Where Jupyter wants the kernel to listen. */
export interface Connection {
  readonly transport: 'tcp' | 'ipc';
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  /** What messages are signed with; empty if they are not. */
  readonly key: string;
}

const ports = ['shell_port', 'iopub_port', 'stdin_port', 'control_port', 'hb_port'] as const;

/**
 * Reads the connection file that a front end has written.
 *
 * @throws Error that names the file and what is wrong with it.
 */
export function readConnectionFile(file: string): Connection {
  let connection: Partial<Record<keyof Connection | 'signature_scheme', unknown>>;
  try {
    connection = JSON.parse(readFileSync(file, 'utf8')) as typeof connection;
  } catch (error) {
    throw new Error(`The connection file ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const wrong = problem(connection);
  if (wrong !== undefined) throw new Error(`The connection file ${file} ${wrong}.`);
  return connection as Connection;
}

function problem(
  connection: Partial<Record<keyof Connection | 'signature_scheme', unknown>>,
): string | undefined {
  const { transport, ip, key, signature_scheme } = connection;
  if (transport !== 'tcp' && transport !== 'ipc') return 'has no transport "tcp" or "ipc"';
  if (typeof ip !== 'string' || typeof key !== 'string') return 'lacks ip or key';
  if (key !== '' && signature_scheme !== undefined && signature_scheme !== 'hmac-sha256') {
    return `asks for the signature scheme ${JSON.stringify(signature_scheme)}; this kernel knows hmac-sha256`;
  }
  const missing = ports.find((name) => !Number.isInteger(connection[name]));
  return missing === undefined ? undefined : `lacks ${missing}`;
}

/** The address of one of its channels, as ZeroMQ writes them. */
export function address({ transport, ip }: Connection, port: number): string {
  return transport === 'ipc' ? `ipc://${ip}-${port}` : `tcp://${ip}:${port}`;
}
