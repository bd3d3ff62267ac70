import { temporaryFolder } from '../../support/temporary-folder.js';

// Mocha requires this file (.mocharc.full.json) before it starts the processes that run suites, which
// inherit the folder.
const output = (process.env.INCEPTION_LAB_TEST_COURSE ??= temporaryFolder());

/**
 * How the suites run the whole course that look at it: on wasm, which gives the same numbers in Node
 * and in a browser, and in one folder, so that the lessons run but once.
 */
export const course = { output, options: ['--backend', 'wasm'] } as const;
