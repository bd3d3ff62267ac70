/**
 * The process in which answers run. Nothing that decides a mark is in it: it is given arguments, and
 * gives back what an answer has made of them.
 */
import { readSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { CellScope } from '../cell-scope.js';
import { FrameReader, toFrame } from '../values/frames.js';
import type { Parcel } from '../values/packed.js';
import { unpack } from '../values/unpack.js';
import { AnswerCalls } from './calls.js';
import { guardLibrary } from './guard.js';
import { channels, failure, type AnswerRequest, type Outcome } from './messages.js';

// What is printed goes out at once, so that whoever prints too much is ended while it prints.
for (const [fd, name] of [
  [1, 'stdout'],
  [2, 'stderr'],
] as const) {
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      for (let sent = 0; sent < chunk.byteLength;) sent += writeSync(fd, chunk, sent);
      done();
    },
  });
  Object.defineProperty(process, name, { value: stream });
}

// Node's permissions keep no signal from other processes.
for (const name of ['kill', '_kill', '_debugProcess']) Reflect.deleteProperty(process, name);

// Before the library is loaded, which asks for it.
const forbid = guardLibrary();
// A first use of what cells need anyway: it need not wait for a submission.
const { useBackend } = await import('../../backends/node/use-backend.js');
createRequire(import.meta.url)('inception-lab');
await useBackend();

const reader = new FrameReader();
const scope = new CellScope();
const calls = new AnswerCalls(scope, ask);

// What an answer leaves behind, a timer or a promise, is no reason to end.
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    console.error(error);
  });
}

const exit = process.exit.bind(process);

/** Where an answer has broken what sending one takes, nobody is to wait for it. */
function giveUp(error: unknown): never {
  console.error(error);
  return exit(1);
}

async function answer({ value, parts }: Parcel): Promise<void> {
  const request = value as AnswerRequest;
  forbid(request.forbidden);
  try {
    if (request.type === 'cell') {
      await scope.run(request.compiled, request.name);
      send({ value: { ok: true }, parts: [] });
    } else {
      const result = calls.call(request.function, { value: request.args, parts });
      send({ value: { ok: true, value: result.value }, parts: result.parts });
    }
  } catch (error) {
    send({ value: failure(error), parts: [] });
  }
}

function send(parcel: Parcel): void {
  for (const part of toFrame(parcel)) {
    for (let sent = 0; sent < part.byteLength;) {
      sent += writeSync(channels.out, part, sent);
    }
  }
}

/** What a function of the check's side says; this process does nothing else until it is told. */
function ask(id: number, { value, parts }: Parcel): unknown {
  send({ value: { ask: id, given: value }, parts });
  const told = receive();
  const outcome = told.value as Outcome;
  if (!outcome.ok) throw Object.assign(new Error(outcome.message), { name: outcome.name });
  return unpack({ value: outcome.value, parts: told.parts });
}

function receive(): Parcel {
  const chunk = Buffer.alloc(65_536);
  const nap = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      const size = readSync(channels.in, chunk);
      if (size === 0) process.exit();
      // Whoever is asked says one thing.
      for (const parcel of reader.add(Buffer.from(chunk.subarray(0, size)))) return parcel;
    } catch (error) {
      // Nothing has come yet.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(nap, 0, 0, 0.1);
    }
  }
}

const questions = new Socket({ fd: channels.in, writable: false });
let turn = Promise.resolve();
questions.on('data', (chunk: Buffer) => {
  for (const parcel of reader.add(chunk)) turn = turn.then(() => answer(parcel)).catch(giveUp);
});
questions.on('close', () => process.exit());
send({ value: { ok: true }, parts: [] });
