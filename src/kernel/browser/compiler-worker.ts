/** The worker in which a page's cells are compiled. */
import type { CompilerAnswer, CompilerRequest } from '../compiler/compiler-client.js';
import { Compiler } from '../compiler/compiler.js';
import { serve } from '../compiler/perform.js';
import { declaredWorld, type Declarations } from './declared-world.js';
import { ready } from './messages.js';
import { workerPort } from './worker-port.js';

const port = workerPort<CompilerRequest, CompilerAnswer | typeof ready>();

let documented: Declarations | undefined;

async function fetchDeclarations(name: string): Promise<Declarations> {
  const response = await fetch(new URL(name, import.meta.url));
  if (!response.ok) throw new Error(`${name} could not be loaded (status ${response.status}).`);
  return (await response.json()) as Declarations;
}

async function start(): Promise<Compiler> {
  const declarations = await fetchDeclarations('declarations.json');
  const compiler = new Compiler(declaredWorld(declarations, () => documented));
  // The first cell takes the longest: the language's own types are read for it.
  compiler.compile('', '');
  return compiler;
}

const compiler = start();

async function answer(request: CompilerRequest): Promise<void> {
  // Where they cannot be had, a hover shows types alone.
  if (request.task.about === 'inspection') {
    documented ??= await fetchDeclarations('documented-declarations.json').catch(() => undefined);
  }
  serve(await compiler, request, port.send);
}

/** One is answered after another, in the order in which they came. */
let queue: Promise<unknown> = compiler.catch(() => undefined);

port.listen((request) => {
  queue = queue.then(async () => {
    await answer(request).catch((error: unknown) => {
      const { id } = request;
      port.send({ id, answer: undefined, failure: (error as Error).message });
    });
  });
});
port.send(ready);
