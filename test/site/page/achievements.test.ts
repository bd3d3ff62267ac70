import assert from 'node:assert/strict';
import { Achievements } from '../../../dist/site/page/achievements.js';
import type { LiveCell } from '../../../dist/site/page/live-cell.js';
import type { LiveLesson } from '../../../dist/site/page/live-lesson.js';
import { Store } from '../../../dist/site/page/store.js';
import {
  fakeChannels,
  FakeDatabase,
  fakeDocument,
  FakeElement,
  putGlobals,
} from './support/fake-page.js';

const slug = '01-lesson';
const cell = (name: string, points = 0) =>
  ({ name, points, isEdited: true }) as Partial<LiveCell> as LiveCell;

describe('Achievements', () => {
  let restore: () => void;

  beforeEach(() => {
    const document = {
      ...fakeDocument,
      querySelector: () => new FakeElement(),
      querySelectorAll: () => [],
      getElementById: () => null,
    };
    const BroadcastChannel = fakeChannels();
    restore = putGlobals({ document, BroadcastChannel, indexedDB: new FakeDatabase() });
  });

  afterEach(() => {
    restore();
  });

  const openTab = async () => {
    const store = new Store();
    const lesson = { cells: [] as readonly LiveCell[] } as Partial<LiveLesson> as LiveLesson;
    const achievements = new Achievements({ store, slug, lesson });
    await achievements.load();
    return { store, achievements };
  };

  it('give back what was forgotten, and leave what was got meanwhile', async () => {
    const { store, achievements } = await openTab();
    await achievements.take(cell('check-a-1', 2), cell('exercise-a'), undefined);
    const giveAgain = await achievements.forget([cell('exercise-a'), cell('check-a-1')]);
    await achievements.take(cell('check-b-1', 3), cell('exercise-b'), undefined);
    await giveAgain();
    const { points, tried } = await store.read(slug);
    assert.deepEqual(points, { 'check-a-1': 2, 'check-b-1': 3 });
    assert.deepEqual([...tried].sort(), ['exercise-a', 'exercise-b']);
  });

  it('forget only what belongs to the cells, whatever another tab does meanwhile', async () => {
    const [here, there] = [await openTab(), await openTab()];
    await here.achievements.take(cell('check-a-1', 2), cell('exercise-a'), undefined);
    await Promise.all([
      there.achievements.take(cell('check-b-1', 3), cell('exercise-b'), undefined),
      here.achievements.forget([cell('exercise-a'), cell('check-a-1')]),
    ]);
    const { points, tried } = await here.store.read(slug);
    assert.deepEqual(points, { 'check-b-1': 3 });
    assert.deepEqual(tried, ['exercise-b']);
  });

  it('leave what another tab has tried', async () => {
    const [here, there] = [await openTab(), await openTab()];
    await there.achievements.take(cell('check-b-1'), cell('exercise-b'), 'wrong');
    await here.achievements.take(cell('check-a-1'), cell('exercise-a'), 'wrong');
    const { tried } = await here.store.read(slug);
    assert.deepEqual([...tried].sort(), ['exercise-a', 'exercise-b']);
    assert.ok(here.achievements.hasTried(cell('exercise-b')));
  });
});
