import { temporaryFolder } from '../../support/temporary-folder.js';

/**
 * How the suites run the whole course that look at it: on wasm, which gives the same numbers in Node
 * and in a browser, and in one folder, so that the lessons run but once.
 */
export const course = { output: temporaryFolder(), options: ['--backend', 'wasm'] } as const;
