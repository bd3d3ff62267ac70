import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Lesson } from '../../../dist/lessons/lesson.js';
import { inceptionLab, startInceptionLab } from '../../support/command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { serveBelowPath } from './static-server.js';

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
  /** Whether the page carries what runs cells, so that a loop can only be ended with the variables. */
  readonly isInPage: boolean;
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

/** The course as plain files, which any web server can have: the reader's browser does all else. */
async function startBrowser(_: Mocha.Context, lesson: string): Promise<StartedPlace> {
  const output = temporaryFolder();
  const flags = ['--no-serve', '--lesson', lesson, '--output', output];
  const { status, stderr } = await inceptionLab('run', ...flags);
  assert.equal(status, 0, stderr);
  const server = await serveBelowPath(join(output, 'site'));
  return {
    home: server.address,
    addressOf: ({ slug }) => `${server.address}${slug}.html`,
    stop: () => {
      server.close();
      return Promise.resolve();
    },
  };
}

/** Every place in which the page's kernels can run. */
export const kernelPlaces: readonly KernelPlace[] = [
  { name: 'this machine', isInPage: false, start: startMachine },
  { name: 'this browser', isInPage: true, start: startBrowser },
];
