import { announce } from './announce.js';
import { Computer } from './computer.js';
import { find, make } from './dom.js';
import { Drafts } from './drafts.js';
import { kernelBar } from './kernel-bar.js';
import { lessonMenu } from './lesson-menu.js';
import type { LiveCell } from './live-cell.js';
import { editorHelp, LiveLesson } from './live-lesson.js';
import { MachineConnection } from './machine-connection.js';
import { notify } from './notices.js';
import { watchForOtherTabs } from './other-tabs.js';
import { countPoints, showPoints } from './points.js';
import { refreshProgress } from './progress.js';
import { guard } from './reveal.js';
import type { Draft, LessonRecord, Store } from './store.js';

/** Makes a lesson's page one in which the lesson can be done. */
export function startLesson(slug: string, store: Store): LiveLesson {
  const connection = new MachineConnection();
  const computer = new Computer(connection, slug);
  const keeper = { tried: new Set<string>() };
  /** What the checks have found wrong in the answers as they were last run. */
  const problems = new Map<LiveCell, string>();
  const points = make('span', { class: 'lesson-points' });
  const show = (record: LessonRecord) => {
    for (const exercise of record.tried) keeper.tried.add(exercise);
    points.textContent = showPoints(lesson, record, problems);
  };
  const change = async (change: (record: LessonRecord) => LessonRecord) => {
    await store.change(slug, change);
    show(await store.read(slug));
    await refreshProgress(store);
  };

  const lesson: LiveLesson = new LiveLesson(computer, {
    onEdit: (cell) => {
      drafts.edited(cell);
    },
    onStartOver: (cell) => void startOver(cell),
    onCheck: (check, exercise, problem) => void onCheck(check, exercise, problem),
  });
  const drafts = new Drafts({ store, lesson: slug, cells: lesson.cells });

  async function onCheck(
    check: LiveCell,
    exercise: LiveCell,
    problem: string | undefined,
  ): Promise<void> {
    if (exercise.isEdited) keeper.tried.add(exercise.name);
    if (problem === undefined) problems.delete(check);
    else problems.set(check, problem);
    await change((record) => {
      const points = { ...record.points, [check.name]: check.points };
      return { ...record, tried: [...keeper.tried], ...(problem === undefined && { points }) };
    });
    if (problem === undefined) {
      announce(`Right: ${countPoints(check.points)}. ${points.textContent} in this lesson.`);
    }
  }

  async function startOver(cell: LiveCell): Promise<void> {
    const { text } = cell;
    const before = await store.read(slug);
    drafts.put(cell, cell.original);
    const cells = cell.kind === 'exercise' ? [cell, ...lesson.checksOf(cell)] : [cell];
    for (const each of cells) {
      each.forget();
      problems.delete(each);
    }
    keeper.tried.delete(cell.name);
    const isOther = ([name]: [string, unknown]) => !cells.some((each) => each.name === name);
    await change((record) => ({
      ...record,
      tried: [...keeper.tried],
      points: Object.fromEntries(Object.entries(record.points).filter(isOther)),
    }));
    const bringBack = () => {
      drafts.put(cell, text);
      void change((record) => ({ ...record, points: before.points, tried: before.tried }));
    };
    notify(cell.notices, 'This is as the lesson has it.', [
      { text: 'Bring my text back', run: bringBack },
      { text: 'Close', run: () => undefined },
    ]);
  }

  function startLessonOver(): void {
    const all = async () => {
      for (const cell of lesson.cells) {
        drafts.put(cell, cell.original);
        cell.forget();
      }
      problems.clear();
      keeper.tried.clear();
      await lesson.restart();
      await change((record) => ({ ...record, points: {}, tried: [] }));
    };
    notify(lesson.notices, 'All that you have typed in this lesson goes, and its points.', [
      { text: 'Start over', run: () => void all() },
      { text: 'Leave it', run: () => undefined },
    ]);
  }

  const menu = lessonMenu({ slug, lesson, drafts, onStartOver: startLessonOver });
  const bar = kernelBar({ connection, computer, lesson });
  find('.kernel-row', bar).append(points, menu);
  bar.append(editorHelp());
  document.body.append(bar);
  guardAnswers(lesson, (exercise) => keeper.tried.has(exercise.name));
  store.onProblem = (sentence) => {
    notify(lesson.notices, sentence);
  };
  watchForOtherTabs(slug, () => {
    notify(
      lesson.notices,
      'This lesson is open in another tab, too. Each has variables of its own; of what is typed, you are asked which one stays.',
    );
  });
  void drafts.load().then(showLeft);
  void store.read(slug).then(show);
  addEventListener('pagehide', () => void lesson.restart());
  return lesson;
}

function guardAnswers(lesson: LiveLesson, isTried: (exercise: LiveCell) => boolean): void {
  for (const exercise of lesson.cells.filter(({ kind }) => kind === 'exercise')) {
    const solution = exercise.root.querySelector<HTMLDetailsElement>('details.solution');
    if (solution) {
      guard(solution, {
        isOpen: () => isTried(exercise),
        sentence: 'You have not tried yet: type an answer, and check it.',
        anyway: 'Show the solution all the same',
      });
    }
    for (const check of lesson.checksOf(exercise)) {
      const revealed = check.root.querySelector<HTMLDetailsElement>('details.revealed');
      if (!revealed) continue;
      guard(revealed, {
        isOpen: () => exercise.isEdited,
        sentence: 'You have not predicted yet: type what you expect.',
        anyway: 'Reveal it all the same',
      });
    }
  }
}

/** What was typed into cells that the lesson no longer has. */
function showLeft(drafts: readonly Draft[]): void {
  if (drafts.length === 0) return;
  const texts = drafts.map(({ text }) => make('pre', { class: 'code', text }));
  const summary = make('summary', {
    text: 'You have typed into cells that the lesson no longer has',
  });
  find('article').append(make('details', { class: 'left-drafts' }, summary, ...texts));
}
