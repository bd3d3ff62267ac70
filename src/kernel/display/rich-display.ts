import { inspect } from '#platform';
import type { MimeBundle } from '../../notebook/notebook.js';
import type { Specification } from '../../viz/index.js';
import type { ModelLike } from './describe-model.js';
import type { NumberArray, TensorLike } from './describe-tensor.js';

/** The method with which an object says how it is to be shown, in Deno's notebooks too. */
const displayMethod = Symbol.for('Jupyter.display');

/**
 * A cell's result, in every format that a front end may want, always with a text; and what is shown
 * below it.
 *
 * A tensor is its shape, type and range, and below a picture where it is one; a typed array its
 * length and range; a model its table; a
 * Vega-Lite specification its plot; whatever has a method `Symbol.for('Jupyter.display')` what that
 * returns or resolves to; and all else what Node would print.
 *
 * @throws what the value's own method throws.
 */
export async function describeValue(
  value: unknown,
): Promise<[result: MimeBundle, ...below: MimeBundle[]]> {
  if (typeof value !== 'object' || value === null) return [plain(value)];
  if (hasDisplayMethod(value)) return [{ ...plain(value), ...(await value[displayMethod]()) }];
  if (isTensor(value)) return (await import('./describe-tensor.js')).describeTensor(value);
  if (isNumberArray(value)) return [(await import('./describe-tensor.js')).describeNumbers(value)];
  if (isModel(value)) return [(await import('./describe-model.js')).describeModel(value)];
  if (isPlot(value)) return [(await import('./mime-bundle.js')).mimeBundle(value)];
  return [plain(value)];
}

function plain(value: unknown): MimeBundle {
  return { 'text/plain': inspect(value) };
}

interface Displayable {
  [displayMethod](): MimeBundle | Promise<MimeBundle>;
}

function hasDisplayMethod(value: object): value is Displayable {
  return typeof (value as Partial<Displayable>)[displayMethod] === 'function';
}

// By what they can do, not by their class: a cell may have a TensorFlow.js of its own.
function isTensor(value: object): value is TensorLike {
  return 'dataId' in value && 'shape' in value && 'dtype' in value && 'isDisposed' in value;
}

// What makes a buffer of bytes of a `Uint8Array` is Node's.
function isNumberArray(value: object): value is NumberArray {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return false;
  return value.constructor.name !== 'Buffer';
}

function isModel(value: object): value is ModelLike {
  return 'layers' in value && 'getWeights' in value && 'summary' in value;
}

function isPlot(value: object): value is Specification {
  return '$schema' in value && String(value.$schema).includes('/vega-lite/v5');
}
