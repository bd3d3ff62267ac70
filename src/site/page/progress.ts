// How far the learner is: the browser remembers which lessons were read or marked as done, and points.
import { find } from './dom.js';
import type { LessonRecord, Store } from './store.js';

type Records = ReadonlyMap<string, LessonRecord>;

/** Where it was remembered before there was a store. */
const formerKey = 'inception-lab:progress';

/** Shows what is remembered, and remembers what happens on this page. */
export async function showProgress(store: Store): Promise<void> {
  await takeFormer(store);
  if (!store.isKept) return;
  const showAll = () => void store.readAll().then(show);
  store.onChange(showAll);
  // A page that the browser had kept may be out of date.
  addEventListener('pageshow', showAll);
  show(await store.readAll());
  const { lesson } = document.body.dataset;
  if (lesson !== undefined) followLesson(lesson, store);
  document.querySelector('#page-course-progress .reset')?.addEventListener('click', () => {
    void forget(store).then(showAll);
  });
}

/** Shows what is remembered now. */
export async function refreshProgress(store: Store): Promise<void> {
  if (store.isKept) show(await store.readAll());
}

async function takeFormer(store: Store): Promise<void> {
  try {
    const former = JSON.parse(localStorage.getItem(formerKey) ?? '{}') as Record<string, unknown>;
    for (const [lesson, status] of Object.entries(former)) {
      if (status !== 'read' && status !== 'done') continue;
      await store.change(lesson, (record) => ({ status, ...record }));
    }
    localStorage.removeItem(formerKey);
  } catch {
    // Nothing can be read there, or nothing that is progress.
  }
}

async function forget(store: Store): Promise<void> {
  const question =
    'Forget which lessons you have read and done, and your points? What you have typed stays.';
  if (!confirm(question)) return;
  for (const lesson of (await store.readAll()).keys()) {
    await store.change(lesson, ({ drafts }) => ({ drafts, points: {}, tried: [] }));
  }
}

function followLesson(lesson: string, store: Store): void {
  const box = find('#page-done') as HTMLInputElement;
  const keep = async (status: 'read' | 'done') => {
    await store.change(lesson, (record) => ({ ...record, status }));
    await refreshProgress(store);
  };
  box.addEventListener('change', () => void keep(box.checked ? 'done' : 'read'));
  // Who sees the end has read the lesson.
  new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    void store.read(lesson).then(async ({ status }) => {
      if (status === undefined) await keep('read');
    });
  }).observe(box);
}

function show(records: Records): void {
  for (const mark of document.querySelectorAll<HTMLElement>('[data-progress]')) {
    const record = records.get(mark.dataset.progress ?? '');
    const words = [pointsInWords(record, Number(mark.dataset.points)), statusInWords(record)];
    mark.textContent = words.filter((word) => word !== '').join(' · ');
  }
  const finish = document.getElementById('page-finish');
  if (finish) {
    finish.hidden = false;
    const status = records.get(document.body.dataset.lesson ?? '')?.status;
    (find('#page-done') as HTMLInputElement).checked = status === 'done';
  }
  const section = document.getElementById('page-course-progress');
  if (section) showCourse(section, records);
}

export function pointsOf(record: LessonRecord | undefined): number {
  return Object.values(record?.points ?? {}).reduce((sum, points) => sum + points, 0);
}

function pointsInWords(record: LessonRecord | undefined, most: number): string {
  const points = pointsOf(record);
  return points === 0 ? '' : `${points} of ${most} ${most === 1 ? 'point' : 'points'}`;
}

function statusInWords(record: LessonRecord | undefined): string {
  if (record?.status === undefined) return '';
  return record.status === 'done' ? '✓ Done' : 'Read';
}

function showCourse(section: HTMLElement, records: Records): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.contents h3 a')];
  const recordOf = (link: Element) =>
    records.get(link.getAttribute('href')?.replace('.html', '') ?? '');
  const done = links.filter((link) => recordOf(link)?.status === 'done').length;
  const next = links.find((link) => recordOf(link)?.status !== 'done');
  const points = links.reduce((sum, link) => sum + pointsOf(recordOf(link)), 0);
  const begun = links.some(
    (link) => recordOf(link)?.status !== undefined || pointsOf(recordOf(link)) > 0,
  );
  section.hidden = false;
  const lessons = links.length === 1 ? 'lesson' : 'lessons';
  find('.count', section).textContent =
    `${done} of ${links.length} ${lessons} done, ${points} of ${section.dataset.points ?? 0} points.`;
  const bar = find('progress', section) as HTMLProgressElement;
  bar.max = links.length;
  bar.value = done;
  const goOn = find('.go-on', section) as HTMLAnchorElement;
  goOn.hidden = !next;
  if (next) {
    goOn.href = next.getAttribute('href') ?? '';
    goOn.textContent = `${begun ? 'Continue with' : 'Begin with'} “${next.textContent}”`;
  }
  find('.reset', section).hidden = !begun;
}
