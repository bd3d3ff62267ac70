import { Achievements } from './achievements.js';
import type { Connection } from './connection.js';
import { Computer } from './computer.js';
import { find, make } from './dom.js';
import { Drafts } from './drafts.js';
import { kernelBar } from './kernel-bar.js';
import { lessonMenu } from './lesson-menu.js';
import { editorHelp, LiveLesson } from './live-lesson.js';
import { notify } from './notices.js';
import { watchForOtherTabs } from './other-tabs.js';
import { recall, remember } from './remember.js';
import { guard } from './reveal.js';
import { noteRunning, takeBrokenRun } from './running.js';
import { startLessonOver, startOver } from './start-over.js';
import type { Draft, Store } from './store.js';

/** Under which is remembered that cells have been run here, and so are likely to be run again. */
const runsCells = 'inception-lab:runs-cells';

/** Makes a lesson's page one in which the lesson can be done. */
export function startLesson(slug: string, store: Store, connection: Connection): LiveLesson {
  const computer = new Computer(connection, slug);
  const lesson: LiveLesson = new LiveLesson(computer, {
    onEdit: (cell) => {
      drafts.edited(cell);
    },
    onStartOver: (cell) => void startOver(cell, parts),
    onRunning: (cell) => {
      noteRunning(slug, cell?.name);
      if (cell) remember(runsCells, 'yes');
    },
    onCheck: (...found) => void achievements.take(...found),
  });
  const drafts = new Drafts({ store, lesson: slug, cells: lesson.cells });
  const achievements = new Achievements({ store, slug, lesson });
  const parts = { lesson, drafts, achievements };

  const bar = kernelBar({ connection, computer, lesson });
  const onStartOver = () => {
    startLessonOver(parts);
  };
  find('.kernel-row', bar).append(
    achievements.element,
    lessonMenu({ slug, lesson, drafts, onStartOver }),
  );
  bar.append(editorHelp());
  document.body.append(bar);
  guardAnswers(lesson, achievements);
  tellOfTrouble(slug, store, lesson);
  tellOfBrokenRun(slug, lesson);
  // Should it fail, whoever wants it will be told.
  if (connection.startsEarly && recall(runsCells) !== null)
    void computer.client().catch(() => undefined);
  void drafts.load().then(showLeft);
  void achievements.load();
  addEventListener('pagehide', () => {
    void lesson.restart();
    noteRunning(slug, undefined);
  });
  return lesson;
}

function tellOfTrouble(slug: string, store: Store, lesson: LiveLesson): void {
  store.onProblem = (sentence) => {
    notify(lesson.notices, sentence);
  };
  watchForOtherTabs(slug, () => {
    notify(
      lesson.notices,
      'This lesson is open in another tab, too. Each tab has variables of its own; where you type different things, you are asked which to keep.',
    );
  });
}

function tellOfBrokenRun(slug: string, lesson: LiveLesson): void {
  const broken = takeBrokenRun(slug);
  const cell = lesson.cells.find(({ name }) => name === broken);
  if (!cell) return;
  notify(
    lesson.notices,
    'The page crashed while a cell ran, as it does when a cell uses up the memory that a page may take. What you typed is still here.',
    [
      {
        text: 'Show the cell',
        run: () => {
          cell.focus();
        },
      },
      { text: 'Close', run: () => undefined },
    ],
  );
}

/** Solutions come after a try, and what a prediction is about after the prediction. */
function guardAnswers(lesson: LiveLesson, achievements: Achievements): void {
  for (const exercise of lesson.cells.filter(({ kind }) => kind === 'exercise')) {
    guard(exercise.root, 'details.solution', {
      isOpen: () => achievements.hasTried(exercise),
      sentence: 'You have not tried yet: type an answer, and check it.',
      anyway: 'Show the solution anyway',
    });
    for (const check of lesson.checksOf(exercise)) {
      guard(check.root, 'details.revealed', {
        isOpen: () => exercise.isEdited,
        sentence: 'You have not predicted yet: type what you expect.',
        anyway: 'Reveal it anyway',
      });
    }
  }
}

/** What was typed into cells that the lesson no longer has. */
function showLeft(drafts: readonly Draft[]): void {
  if (drafts.length === 0) return;
  const texts = drafts.map(({ text }) => make('pre', { class: 'code', text }));
  const summary = make('summary', {
    text: 'What you typed into cells that the lesson no longer has',
  });
  find('article').append(make('details', { class: 'left-drafts' }, summary, ...texts));
}
