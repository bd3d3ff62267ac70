const key = 'inception-lab:token';

/** Milliseconds that other pages have to answer. */
const patience = 300;

/** With a token, it is what a page has; without one, a question. */
interface TokenMessage {
  readonly token?: string;
}

/**
 * The token with which pages may start kernels. It comes with the address that `npm start` prints, and
 * does not stay in the address bar, where it would be copied along. Pages tell each other: a lesson
 * that is opened in a new tab has the token of the contents, and pages that are open when the server
 * is started anew have that of the first page that has it.
 */
export class Token {
  readonly #others = openChannel();
  #token = recall();

  constructor() {
    this.#others?.addEventListener('message', ({ data }) => {
      const { token } = data as TokenMessage;
      if (token !== undefined) this.#remember(token);
      else this.#tellOthers();
    });
    const given = take();
    if (given === undefined) return;
    this.#remember(given);
    // One that is recalled may be of a server that has ended: nobody is told that without asking.
    this.#tellOthers();
  }

  /** Empty, if there is none. */
  async find(): Promise<string> {
    if (this.#token === undefined && this.#others) {
      this.#others.postMessage({} satisfies TokenMessage);
      await new Promise((go) => setTimeout(go, patience));
    }
    return this.known;
  }

  /** The same, without asking other pages. */
  get known(): string {
    return this.#token ?? '';
  }

  #remember(token: string): void {
    this.#token = token;
    try {
      sessionStorage.setItem(key, token);
    } catch {
      // It holds until the page is left.
    }
  }

  #tellOthers(): void {
    if (this.#token === undefined) return;
    this.#others?.postMessage({ token: this.#token } satisfies TokenMessage);
  }
}

/** Takes it out of the address. */
function take(): string | undefined {
  const address = new URL(location.href);
  const given = address.searchParams.get('token');
  if (given === null) return undefined;
  address.searchParams.delete('token');
  history.replaceState(history.state, '', address);
  return given;
}

function recall(): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(key);
  } catch {
    return undefined; // A page without an origin of its own has no others beside it.
  }
}
