/**
 * The module that computes with several threads, compressed by gzip, in base64; made as
 * `wasm-simd.js` is, and fetched only where there are threads.
 */
export const threadedSimd: string;

/** The script of a worker that is one of its threads, likewise. It posts a message when it runs. */
export const threadScript: string;
