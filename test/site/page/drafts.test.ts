import assert from 'node:assert/strict';
import { Drafts } from '../../../dist/site/page/drafts.js';
import type { LiveCell } from '../../../dist/site/page/live-cell.js';
import { notify } from '../../../dist/site/page/notices.js';
import { type Draft, Store } from '../../../dist/site/page/store.js';
import {
  fakeChannels,
  FakeDatabase,
  fakeDocument,
  FakeElement,
  FakeStorage,
  putGlobals,
} from './support/fake-page.js';

const slug = '01-lesson';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Until what was typed is kept, and other tabs have been told. */
const untilKept = () => wait(400);

class FakeCell {
  readonly notices = new FakeElement();
  text: string;

  constructor(
    readonly name: string,
    readonly original: string,
  ) {
    this.text = original;
  }

  get isEdited(): boolean {
    return this.text !== this.original;
  }
}

/** A tab with a lesson of cells whose texts are given. */
class Tab {
  readonly cells: readonly FakeCell[];
  readonly store = new Store();
  readonly drafts: Drafts;
  left: readonly Draft[] = [];
  readonly #events = new EventTarget();

  constructor(originals: readonly string[]) {
    this.cells = originals.map((original, i) => new FakeCell(`code-${i + 1}`, original));
    const addEventListener = this.#events.addEventListener.bind(this.#events);
    const restore = putGlobals({ addEventListener });
    const cells = this.cells as unknown as readonly LiveCell[];
    this.drafts = new Drafts({ store: this.store, lesson: slug, cells });
    restore();
  }

  static async open(...originals: string[]): Promise<Tab> {
    const tab = new Tab(originals);
    tab.left = await tab.drafts.load();
    return tab;
  }

  cell(number: number): FakeCell {
    return this.cells[number - 1]!;
  }

  type(number: number, text: string): void {
    this.cell(number).text = text;
    this.drafts.edited(this.cell(number) as unknown as LiveCell);
  }

  async keep(number: number, text: string): Promise<void> {
    this.type(number, text);
    await untilKept();
  }

  /** What is asked and told at a cell. */
  said(number: number): string[] {
    return this.cell(number).notices.children.map(({ children }) => children[0]!.textContent);
  }

  async press(number: number, text: string): Promise<void> {
    const buttons = this.cell(number).notices.children.flatMap(({ children }) => children);
    const button = buttons.find(({ textContent }) => textContent === text);
    assert.ok(button, `There is no “${text}”.`);
    button.click();
    await untilKept();
  }

  texts(): string[] {
    return this.cells.map(({ text }) => text);
  }

  /** Leaves the page; the browser may keep it for who comes back. */
  leave(): void {
    this.#events.dispatchEvent(new Event('pagehide'));
  }

  comeBack(): void {
    this.#events.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  }

  /** Leaves the page, which nothing follows. */
  close(): void {
    this.leave();
    this.store.read = () => new Promise(() => undefined);
    this.store.change = () => new Promise(() => undefined);
  }
}

describe('Drafts', () => {
  let database: FakeDatabase;
  let restore: () => void;

  beforeEach(() => {
    database = new FakeDatabase();
    restore = putGlobals({
      document: fakeDocument,
      indexedDB: database,
      BroadcastChannel: fakeChannels(),
      localStorage: new FakeStorage(),
    });
  });

  afterEach(() => {
    restore();
  });

  const nothingSaid = (tab: Tab) => {
    assert.deepEqual(
      tab.cells.flatMap((_, i) => tab.said(i + 1)),
      [],
    );
  };

  /** Opens the lesson of one cell once more. */
  const nextHas = async (texts: readonly string[]) => {
    const next = await Tab.open('a');
    assert.deepEqual(next.texts(), texts);
    nothingSaid(next);
  };

  describe('in a lesson that has changed', () => {
    beforeEach(async () => {
      const before = await Tab.open('a', 'b');
      before.type(1, 'my a');
      await before.keep(2, 'my b');
      before.close();
    });

    it('stay with their cells, whichever of them is typed in', async () => {
      const tab = await Tab.open('new', 'a', 'b');
      assert.deepEqual(tab.texts(), ['new', 'my a', 'my b']);
      await tab.keep(2, 'my a, again');
      tab.close();
      const next = await Tab.open('new', 'a', 'b');
      assert.deepEqual(next.texts(), ['new', 'my a, again', 'my b']);
      nothingSaid(next);
    });

    it('are not in question where a new cell has the number of one of them', async () => {
      const tab = await Tab.open('new', 'a', 'b');
      await tab.keep(1, 'my new');
      nothingSaid(tab);
      tab.close();
      const next = await Tab.open('new', 'a', 'b');
      assert.deepEqual(next.texts(), ['my new', 'my a', 'my b']);
    });

    it('are kept where their cell is gone and another one has its number', async () => {
      const tab = await Tab.open('b');
      assert.deepEqual(tab.texts(), ['my b']);
      await tab.keep(1, 'my b, again');
      tab.close();
      const next = await Tab.open('b');
      assert.deepEqual(next.texts(), ['my b, again']);
      assert.deepEqual(
        next.left.map(({ text }) => text),
        ['my a'],
      );
    });

    it('leave a tab alone that still has the lesson as it was', async () => {
      const old = await Tab.open('a', 'b');
      await Tab.open('new', 'a', 'b');
      await untilKept();
      assert.deepEqual(old.texts(), ['my a', 'my b']);
      nothingSaid(old);
    });
  });

  describe('that were not kept any more when the page was left', () => {
    it('are there again', async () => {
      const tab = await Tab.open('a', 'b');
      await tab.keep(1, 'one');
      tab.type(1, 'one, two');
      tab.type(2, 'three');
      tab.close();
      const next = await Tab.open('a', 'b');
      assert.deepEqual(next.texts(), ['one, two', 'three']);
      await untilKept();
      nothingSaid(next);
      next.close();
      assert.deepEqual((await Tab.open('a', 'b')).texts(), ['one, two', 'three']);
    });

    it('are there again of each tab', async () => {
      const [first, second] = [await Tab.open('a', 'b'), await Tab.open('a', 'b')];
      first.type(1, 'one');
      second.type(2, 'two');
      first.close();
      second.close();
      assert.deepEqual((await Tab.open('a', 'b')).texts(), ['one', 'two']);
    });

    it('do not come over what was typed later; the learner is asked until there is an answer', async () => {
      const [first, second] = [await Tab.open('a'), await Tab.open('a')];
      first.type(1, 'one');
      first.close();
      await second.keep(1, 'two');
      second.close();
      for (let i = 0; i < 2; i++) {
        const tab = await Tab.open('a');
        await untilKept();
        assert.deepEqual(tab.texts(), ['two']);
        assert.equal(tab.said(1).length, 1);
        tab.close();
      }
      const tab = await Tab.open('a');
      await tab.press(1, 'Use that text');
      assert.deepEqual(tab.texts(), ['one']);
      tab.close();
      await nextHas(['one']);
    });

    it('are not asked about again once the learner has kept the other text', async () => {
      const [first, second] = [await Tab.open('a'), await Tab.open('a')];
      first.type(1, 'one');
      first.close();
      await second.keep(1, 'two');
      const tab = await Tab.open('a');
      await tab.press(1, 'Keep what is here');
      await nextHas(['two']);
    });

    it('are nothing to ask about in a page that the browser has shown again', async () => {
      const tab = await Tab.open('a');
      tab.type(1, 'one');
      tab.leave();
      tab.comeBack();
      await untilKept();
      await tab.keep(1, 'two');
      tab.close();
      await nextHas(['two']);
    });

    it('are nothing to ask about where they could be kept after all', async () => {
      const tab = await Tab.open('a');
      tab.type(1, 'one');
      tab.leave();
      await untilKept();
      const other = await Tab.open('a');
      await other.keep(1, 'two');
      await nextHas(['two']);
    });

    it('follow their cell to another number', async () => {
      const tab = await Tab.open('a', 'b');
      tab.type(1, 'my a');
      tab.close();
      assert.deepEqual((await Tab.open('new', 'a', 'b')).texts(), ['new', 'my a', 'b']);
    });

    it('are shown where their cell is gone', async () => {
      const tab = await Tab.open('a', 'b');
      tab.type(2, 'my b');
      tab.close();
      const { left } = await Tab.open('a');
      assert.deepEqual(
        left.map(({ text }) => text),
        ['my b'],
      );
    });
  });

  describe('in two tabs', () => {
    it('are taken over where nothing else was typed, and what follows is kept', async () => {
      const [first, second] = [await Tab.open('a'), await Tab.open('a')];
      await first.keep(1, 'one');
      await untilKept();
      assert.deepEqual(second.texts(), ['one']);
      nothingSaid(second);
      await second.keep(1, 'two');
      second.close();
      first.close();
      assert.deepEqual((await Tab.open('a')).texts(), ['two']);
    });

    it('are asked about where both have typed', async () => {
      const [first, second] = [await Tab.open('a'), await Tab.open('a')];
      first.type(1, 'one');
      await wait(100);
      await second.keep(1, 'two');
      assert.deepEqual(first.texts(), ['one']);
      assert.equal(second.said(1).length, 1);
      await second.press(1, 'Keep what is here');
      await untilKept();
      assert.deepEqual([...first.texts(), ...second.texts()], ['two', 'two']);
    });

    it('are not lost while the learner overlooks the question', async () => {
      const [first, second] = [await Tab.open('a'), await Tab.open('a')];
      first.type(1, 'one');
      await wait(100);
      await second.keep(1, 'two');
      await second.keep(1, 'two, three');
      second.close();
      const next = await Tab.open('a');
      assert.deepEqual(next.texts(), ['one']);
      await next.press(1, 'Use that text');
      assert.deepEqual(next.texts(), ['two, three']);
    });
  });

  it('are asked about again where other notices have pushed the question out', async () => {
    const [first, second] = [await Tab.open('a'), await Tab.open('a')];
    first.type(1, 'one');
    await wait(100);
    await second.keep(1, 'two');
    const question = second.said(1);
    const place = second.cell(1).notices as unknown as HTMLElement;
    for (const sentence of ['This.', 'That.', 'And more.']) notify(place, sentence);
    assert.ok(!second.said(1).includes(question[0]!));
    second.type(1, 'two, three');
    assert.ok(second.said(1).includes(question[0]!));
  });

  it('are not in question when the database fails', async () => {
    const tab = await Tab.open('a');
    await tab.keep(1, 'one');
    database.problem = new DOMException('It is closed.', 'InvalidStateError');
    await tab.keep(1, 'one, two');
    await tab.keep(1, 'one, two, three');
    nothingSaid(tab);
    assert.deepEqual(tab.texts(), ['one, two, three']);
    assert.equal((await tab.store.read(slug)).drafts['code-1']?.text, 'one, two, three');
  });

  it('are not overwritten by who types before they are there', async () => {
    const before = await Tab.open('a');
    await before.keep(1, 'an hour’s work');
    before.close();
    const tab = new Tab(['a']);
    tab.type(1, 'ax');
    await tab.drafts.load();
    await untilKept();
    assert.deepEqual(tab.texts(), ['ax']);
    await tab.press(1, 'Use that text');
    assert.deepEqual(tab.texts(), ['an hour’s work']);
    tab.close();
    assert.deepEqual((await Tab.open('a')).texts(), ['an hour’s work']);
  });
});
