import { createHash } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { replaceFile } from '../../platform/node/files.js';
import { tf } from '../tf.js';

const scheme = 'file://';
const modelFile = 'model.json';
/** With a hash in it, so that a model's file and its weights belong together at every moment. */
const weightsFile = /^weights\.([0-9a-f]{16}\.)?bin$/;

/** A process that both imports and requires this library has it twice, and TensorFlow.js once. */
const shared = Symbol.for('inception-lab/model-files');
const io = tf.io as typeof tf.io & { [shared]?: { hasOwnNative: boolean } };

/**
 * Has `model.save('file://folder')` and `tf.loadLayersModel('file://folder/model.json')` work on
 * every backend, as they do with `@tensorflow/tfjs-node`, in the same format.
 */
export function handleModelFiles(): void {
  // Of two handlers TensorFlow.js takes neither.
  if (io[shared]) return;
  io[shared] = { hasOwnNative: false };
  tf.io.registerSaveRouter((url) =>
    routed(url, (path) => ({ save: (model) => save(path, model) })),
  );
  tf.io.registerLoadRouter((url) => routed(url, (path) => ({ load: () => load(path) })));
}

/** Loads the native backend without its own handlers of files, which write them in place. */
export function withoutOtherHandlers(loadNative: () => void): void {
  const { registerSaveRouter, registerLoadRouter } = tf.io;
  const ignore = () => undefined;
  Object.assign(tf.io, { registerSaveRouter: ignore, registerLoadRouter: ignore });
  try {
    loadNative();
    if (io[shared]) io[shared].hasOwnNative = true;
  } finally {
    Object.assign(tf.io, { registerSaveRouter, registerLoadRouter });
  }
}

function routed(
  url: string | string[],
  handler: (path: string) => tf.io.IOHandler,
): tf.io.IOHandler {
  const [address] = [url].flat();
  // Who loads tfjs-node without us has that one's handlers.
  const isOthers = !io[shared]?.hasOwnNative && Boolean(tf.findBackendFactory('tensorflow'));
  if (isOthers || typeof address !== 'string' || !address.startsWith(scheme)) return none;
  return handler(resolve(address.slice(scheme.length)));
}

/** What TensorFlow.js's routers say to what is not theirs, although its types do not know. */
const none = null as unknown as tf.io.IOHandler;

async function save(folder: string, model: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> {
  if (model.modelTopology instanceof ArrayBuffer) {
    throw new Error('A model in binary form cannot be saved: save a tf.LayersModel.');
  }
  const weights = Buffer.from(tf.io.CompositeArrayBuffer.join(model.weightData));
  const name = `weights.${createHash('sha256').update(weights).digest('hex').slice(0, 16)}.bin`;
  const manifest = [{ paths: [name], weights: model.weightSpecs ?? [] }];
  const json = {
    ...model,
    weightData: undefined,
    weightSpecs: undefined,
    weightsManifest: manifest,
  };
  try {
    const before = await weightsOf(folder);
    await replaceFile(join(folder, name), Readable.from([weights]));
    await replaceFile(join(folder, modelFile), Readable.from([Buffer.from(JSON.stringify(json))]));
    for (const old of before) if (old !== name) await rm(join(folder, old), { force: true });
  } catch (error) {
    throw new Error(`Cannot save a model in "${folder}": ${(error as Error).message}.`, {
      cause: error,
    });
  }
  return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(model) };
}

/** The files of weights that the folder's model has from here. */
async function weightsOf(folder: string): Promise<string[]> {
  try {
    const { weightsManifest } = await readModel(join(folder, modelFile));
    return weightsManifest.flatMap(({ paths }) => paths).filter((path) => weightsFile.test(path));
  } catch {
    return [];
  }
}

async function load(path: string): Promise<tf.io.ModelArtifacts> {
  try {
    if ((await stat(path)).isDirectory()) {
      throw new Error(`it is a folder; give its ${modelFile}`);
    }
    const json = await readModel(path);
    return await tf.io.getModelArtifactsForJSON(json, async (manifest) => {
      const parts = manifest.flatMap(({ paths }) => paths);
      const buffers = await Promise.all(parts.map((part) => readPart(dirname(path), part)));
      const specs = manifest.flatMap(({ weights }) => weights);
      return [specs, tf.io.CompositeArrayBuffer.join(buffers)];
    });
  } catch (error) {
    throw new Error(`Cannot load the model "${path}": ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

async function readModel(path: string): Promise<tf.io.ModelJSON> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text) as tf.io.ModelJSON;
  } catch {
    throw new Error('it is not JSON: give the model.json that model.save wrote');
  }
}

/** A file that lies beside the model's: a path that leads elsewhere is nothing a model needs. */
async function readPart(folder: string, name: string): Promise<ArrayBuffer> {
  if (basename(name) !== name) throw new Error(`its weights "${name}" are not next to it`);
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, name));
  return buffer.slice(byteOffset, byteOffset + byteLength);
}
