/** A dedicated worker's way to the page that has started it. */
export interface WorkerPort<Received, Sent> {
  readonly listen: (onMessage: (message: Received) => void) => void;
  readonly send: (message: Sent) => void;
}

/** What a worker's globals have for that; the types are those of a page. */
interface WorkerScope {
  addEventListener(type: 'message', listener: (event: { readonly data: never }) => void): void;
  postMessage(message: unknown): void;
}

/** That of this worker; taken before a cell could put something else in its place. */
export function workerPort<Received, Sent>(): WorkerPort<Received, Sent> {
  const scope = globalThis as unknown as WorkerScope;
  const postMessage = scope.postMessage.bind(scope);
  return {
    listen(onMessage) {
      scope.addEventListener('message', ({ data }) => {
        onMessage(data);
      });
    },
    send: postMessage,
  };
}
