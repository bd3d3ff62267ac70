import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Lesson } from '../../../dist/lessons/lesson.js';
import { inceptionLab, startInceptionLab } from '../../support/command.js';
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
  /**
   * Runs lessons, and then has pages.
   *
   * @param output the folder in which lessons are run, or have been
   * @param options more of `inceptionLab run`
   */
  readonly start: (output: string, ...options: readonly string[]) => Promise<StartedPlace>;
}

/** The server of `npm start`, whose address carries the right to start kernels. */
const thisMachine: KernelPlace = {
  name: 'this machine',
  isInPage: false,
  async start(output, ...options) {
    const course = startInceptionLab('run', '--output', output, ...options);
    const home = new URL(await course.said(/http:\S+/));
    await course.said(/^Lessons: /m);
    return {
      home: home.href,
      addressOf: ({ slug }) => new URL(`${slug}.html${home.search}`, home).href,
      stop: async () => {
        course.interrupt();
        const { status, stderr } = await course.ended;
        assert.equal(status, 0, stderr);
      },
    };
  },
};

/** The site as files on any web server, below a path: the reader's browser is all there is. */
const thisBrowser: KernelPlace = {
  name: 'this browser',
  isInPage: true,
  async start(output, ...options) {
    const { status, stderr } = await inceptionLab(
      'run',
      '--no-serve',
      '--output',
      output,
      ...options,
    );
    assert.equal(status, 0, stderr);
    const { address, close } = await serveBelowPath(join(output, 'site'));
    return {
      home: address,
      addressOf: ({ slug }) => new URL(`${slug}.html`, address).href,
      stop: () => {
        close();
        return Promise.resolve();
      },
    };
  },
};

/** Every place in which the page's kernels can run. */
export const kernelPlaces: readonly KernelPlace[] = [thisMachine, thisBrowser];
