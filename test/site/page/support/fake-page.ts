// As much of a browser as the page's scripts need to keep something: tests need no Chromium for that.

/** Puts globals in, and returns what takes them out again. */
export function putGlobals(globals: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(globals).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}

/** An element that knows its children and its listeners. */
export class FakeElement {
  className = '';
  textContent = '';
  children: FakeElement[] = [];
  readonly #listeners: (() => void)[] = [];
  #parent: FakeElement | undefined;

  get firstElementChild(): FakeElement | undefined {
    return this.children[0];
  }

  get isConnected(): boolean {
    return this.#parent !== undefined;
  }

  append(...children: FakeElement[]): void {
    for (const child of children) child.#parent = this;
    this.children.push(...children);
  }

  remove(): void {
    if (this.#parent) this.#parent.children = this.#parent.children.filter((one) => one !== this);
    this.#parent = undefined;
  }

  /** Only notices are looked for. */
  querySelectorAll(): FakeElement[] {
    return this.children.filter(({ className }) => className === 'notice');
  }

  setAttribute(): void {
    // Nobody reads it.
  }

  addEventListener(_: string, listener: () => void): void {
    this.#listeners.push(listener);
  }

  click(): void {
    for (const listener of this.#listeners) listener();
  }
}

export const fakeDocument = { createElement: (): FakeElement => new FakeElement() };

export class FakeStorage {
  readonly #items = new Map<string, string>();

  get length(): number {
    return this.#items.size;
  }

  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }

  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

/** A class of channels that hear each other, and nobody else. */
export function fakeChannels(): new (name: string) => EventTarget {
  const all = new Set<EventTarget & { readonly name: string }>();
  return class extends EventTarget {
    constructor(readonly name: string) {
      super();
      all.add(this);
    }

    postMessage(data: unknown): void {
      const others = [...all].filter((one) => one !== this && one.name === this.name);
      for (const other of others) {
        setImmediate(() => other.dispatchEvent(new MessageEvent('message', { data })));
      }
    }
  };
}

interface FakeRequest {
  result?: unknown;
  onsuccess?: () => void;
  oncomplete?: () => void;
}

/** An IndexedDB with one object store, which can be made to fail. */
export class FakeDatabase {
  readonly records = new Map<string, unknown>();
  /** What is thrown at whoever wants something of it. */
  problem: Error | undefined;

  open(): FakeRequest {
    return this.#answer(() => ({ transaction: () => this.#transaction() }));
  }

  #transaction(): object {
    if (this.problem) throw this.problem;
    const transaction: FakeRequest = {};
    const store = {
      transaction,
      get: (key: string) => this.#answer(() => structuredClone(this.records.get(key))),
      getAllKeys: () => this.#answer(() => [...this.records.keys()]),
      getAll: () => this.#answer(() => structuredClone([...this.records.values()])),
      put: (value: unknown, key: string) => {
        this.records.set(key, structuredClone(value));
        setImmediate(() => transaction.oncomplete?.());
      },
    };
    return { objectStore: () => store };
  }

  #answer(find: () => unknown): FakeRequest {
    const request: FakeRequest = {};
    setImmediate(() => {
      request.result = find();
      request.onsuccess?.();
    });
    return request;
  }
}
