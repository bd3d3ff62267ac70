import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Refusal } from './refusal.js';

/** Bytes that a request may carry. */
const mostBytes = 100_000;

/** @throws Refusal if it is too long, or no JSON object. */
export async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Refusal(413, `A request may have at most ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Refused below.
  }
  throw new Refusal(400, 'The request is not a JSON object.');
}

/** Answers with JSON, or with nothing but the status. */
export function answer(response: ServerResponse, status: number, value?: unknown): void {
  if (value === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}

/** Says why a request is not done. */
export function answerRefusal(response: ServerResponse, error: unknown): void {
  const { status, message } = asRefusal(error);
  // What is left of the request is not read.
  if (status === 413) response.setHeader('Connection', 'close');
  answer(response, status, { message });
}

/** The same, of a request to become a WebSocket. */
export function refuseSocket(socket: Duplex, error: unknown): void {
  const { status, message } = asRefusal(error);
  const body = JSON.stringify({ message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.end([...head, '', body].join('\r\n'));
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  return new Refusal(500, `The server has failed: ${(error as Error).message}`);
}
