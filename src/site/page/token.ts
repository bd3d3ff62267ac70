const key = 'inception-lab:token';

/** Milliseconds that other pages have to answer. */
const patience = 300;

/** Without a token, it is a question. */
interface TokenMessage {
  readonly token?: string;
  /** Whether the server has just accepted it; else it is what the page happens to have. */
  readonly isAccepted?: boolean;
}

/** What the server says of a token; `unknown` if it does not answer. */
export type Verdict = 'accepted' | 'refused' | 'unknown';

/**
 * The token with which pages may start kernels. It comes with the address that `npm start` prints, and
 * does not stay in the address bar, where it would be copied along. Pages tell each other: a lesson
 * that is opened in a new tab has the token of the contents, and pages that are open when the server
 * is started anew have that of the first page that has it. Anybody can write an address with a token:
 * nobody is told of one that the server has not accepted.
 */
export class Token {
  readonly #others = openChannel();
  readonly #judge: (token: string) => Promise<Verdict>;
  /** Of the address; until then it is not known whether that is one. */
  readonly #taken: Promise<void>;
  #token = recall();

  constructor(judge: (token: string) => Promise<Verdict>) {
    this.#judge = judge;
    this.#others?.addEventListener('message', ({ data }) => {
      const { token, isAccepted = false } = data as TokenMessage;
      if (token === undefined) this.#tellOthers();
      // An answer to another page's question may be out of date.
      else if (isAccepted || this.#token === undefined) this.#remember(token);
    });
    this.#taken = this.#take(takeFromAddress());
  }

  /** Empty, if there is none. */
  async find(): Promise<string> {
    await this.#taken;
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

  async #take(given: string | undefined): Promise<void> {
    if (given === undefined) return;
    const verdict = await this.#judge(given);
    if (verdict === 'refused') return;
    this.#remember(given);
    if (verdict === 'accepted') this.#tellOthers(true);
  }

  #remember(token: string): void {
    this.#token = token;
    try {
      sessionStorage.setItem(key, token);
    } catch {
      // It holds until the page is left.
    }
  }

  #tellOthers(isAccepted = false): void {
    if (this.#token === undefined) return;
    this.#others?.postMessage({ token: this.#token, isAccepted } satisfies TokenMessage);
  }
}

/** Takes it out of the address. */
function takeFromAddress(): string | undefined {
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
