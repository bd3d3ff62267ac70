/**
 * TensorFlow.js's WebAssembly module, compressed by gzip, in base64. The JavaScript is made from the
 * package's file when the library is compiled (`scripts/embed-wasm.mjs`): as a module it is found
 * by every bundler, and needs no server that knows of it.
 */
export const simd: string;
