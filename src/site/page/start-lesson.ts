import { Computer } from './computer.js';
import { editorHelp, LiveLesson } from './live-lesson.js';
import { MachineConnection } from './machine-connection.js';
import { kernelBar } from './kernel-bar.js';
import type { Store } from './store.js';

/** Makes a lesson's page one in which the lesson can be done. */
export function startLesson(slug: string, _store: Store): LiveLesson {
  const connection = new MachineConnection();
  const computer = new Computer(connection, slug);
  const lesson = new LiveLesson(computer, {
    onEdit: () => undefined,
    onStartOver: (cell) => {
      cell.text = cell.original;
    },
    onCheck: () => undefined,
  });
  document.body.append(editorHelp(), kernelBar({ connection, computer, lesson }));
  return lesson;
}
