/** Through which a cell would reach what the page keeps, or another place from which it could. */
const taken = [
  ...['indexedDB', 'caches', 'cookieStore', 'Worker', 'SharedWorker', 'BroadcastChannel'],
  ...['postMessage', 'onmessage', 'close'],
];

/**
 * Takes the page's storage from a worker's globals: drafts and points are the learner's, and no
 * cell's. To be called when what the library needs of it has been taken by the library.
 */
export function takeStorage(): void {
  for (const name of taken) remove(globalThis, name);
  for (const name of ['storage', 'storageBuckets', 'locks']) remove(navigator, name);
}

/** Wherever an object has it from. */
function remove(from: object, name: string): void {
  let owner: object | null = from;
  while (owner) {
    Reflect.deleteProperty(owner, name);
    owner = Object.getPrototypeOf(owner) as object | null;
  }
}
