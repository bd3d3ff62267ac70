import type { Lesson } from '../../../dist/lessons/lesson.js';
import { startInceptionLab } from '../../support/command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** Pages whose kernels run somewhere. */
export interface StartedPlace {
  /** Of the contents. */
  readonly home: string;
  readonly addressOf: (lesson: Lesson) => string;
  readonly stop: () => Promise<void>;
}

export interface KernelPlace {
  /** As the page calls it. */
  readonly name: string;
  /** @param lesson the number of the one that is run beforehand */
  readonly start: (context: Mocha.Context, lesson: string) => Promise<StartedPlace>;
}

/** The server of `npm start`, whose address carries the right to start kernels. */
async function startMachine(_: Mocha.Context, lesson: string): Promise<StartedPlace> {
  const course = startInceptionLab('run', '--lesson', lesson, '--output', temporaryFolder());
  const home = new URL(await course.said(/http:\S+/));
  await course.said(/^Lessons: /m);
  return {
    home: home.href,
    addressOf: ({ slug }) => new URL(`${slug}.html${home.search}`, home).href,
    stop: async () => {
      course.interrupt();
      await course.ended;
    },
  };
}

/** Every place in which the page's kernels can run. */
export const kernelPlaces: readonly KernelPlace[] = [{ name: 'this machine', start: startMachine }];
