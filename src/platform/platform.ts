import type { View, Spec } from 'vega';
import type { OpenBytes } from './bytes.js';
import type { CourseFile } from './course-file.js';
import type { OpenHdf5File } from './hdf5.js';
import type { Image, PictureChange } from './picture.js';
import type { Source } from './source.js';

/**
 * What this project needs of the world around it, and what differs between Node and a browser.
 * `#platform` is the one that fits, by the conditions in package.json; both export these names.
 */
export interface Platform {
  /** An environment variable; a browser has none. */
  readonly environment: (name: string) => string | undefined;

  /** @throws Error with a clause that says why it cannot be read. */
  readonly openBytes: (source: Source) => Promise<OpenBytes>;

  /** Files: on the disk, or kept by the browser under the same names. */
  readonly fileExists: (path: string) => Promise<boolean>;
  /** Writes a file, with the folders that it needs; at every moment it is the old or the new one, whole. */
  readonly replaceFile: (path: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Gives a file the name of another, which it takes the place of. */
  readonly renameFile: (from: string, to: string) => Promise<void>;
  /** With all that is in it; nothing happens where there is none. */
  readonly removeFolder: (path: string) => Promise<void>;
  /** Where to keep what can be made again, by a name of its own. */
  readonly cachePath: (name: string) => string;

  /** A file that comes with the course. */
  readonly courseFile: (file: CourseFile) => string | URL;

  /** @throws Error that says why it cannot be decoded. */
  readonly decodePicture: (source: Source, change?: PictureChange) => Promise<Image>;

  /**
   * Does work in threads, where there are some: some jobs ahead of the one whose result is fetched.
   * Typed arrays in a job are handed over.
   *
   * @returns the results, in the order of the jobs
   */
  readonly inThreads: <Job extends object, Result>(
    work: Work<Job, Result>,
    jobs: Iterable<Job>,
  ) => AsyncGenerator<Result>;

  /** With a library that is loaded when it is first needed. */
  readonly openHdf5: OpenHdf5File;

  /** Vega, where it can be had without waiting. */
  readonly vegaAtOnce: () => Vega | undefined;

  /** A value as Node prints it. */
  readonly inspect: (value: unknown) => string;

  /** Puts a text in the place of the one before, in a terminal; `undefined` where there is none. */
  readonly terminalLine: () => ((text: string, isLast: boolean) => void) | undefined;

  /** Asks who sits at the terminal; `undefined` where nobody does. */
  readonly askInTerminal: (prompt: string) => Promise<string> | undefined;

  /** What modules export that `require` has loaded from such paths. */
  readonly loadedModules: (path: RegExp) => unknown[];
}

/** A function that a thread finds by itself. */
export interface Work<Job, Result> {
  /** From the root of the compiled library: `training/data/pictures.js`. */
  readonly module: string;
  /** The name of its export. */
  readonly name: string;
  /** The same function. */
  readonly run: (job: Job) => Promise<Result>;
}

/** What of Vega and Vega-Lite draws a plot without a page. */
export interface Vega {
  readonly View: typeof View;
  readonly parse: (spec: Spec) => ReturnType<typeof import('vega').parse>;
  readonly SVGStringRenderer: new () => unknown;
  readonly compile: typeof import('vega-lite').compile;
}
