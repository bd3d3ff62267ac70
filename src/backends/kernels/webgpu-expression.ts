import type * as tf from '@tensorflow/tfjs';
import type { Uniform } from './webgpu-program.js';

/** What a shader computes at each place of tensors of one shape. */
export interface Expression {
  /** Shaders are compiled once a name. */
  readonly name: string;
  /** By the names that they have in the expression. */
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  /** `[channels]` each: one value for all places of a channel, the inputs' last axis. */
  readonly perChannel?: Readonly<Record<string, tf.TensorInfo>>;
  /** By the names that they have in the expression. */
  readonly settings: Readonly<Record<string, number>>;
  /** WGSL, of the inputs' and settings' names: `'weight - rate * gradient'`. */
  readonly expression: string;
}

interface Given {
  readonly tensors: readonly tf.TensorInfo[];
  readonly variableNames: readonly string[];
  readonly uniforms: readonly Uniform[];
  /** WGSL */
  readonly declaredUniforms: string;
}

/** What a shader is given for its expression; `sizes` are whole numbers, settings are not. */
export function givenTo(
  { inputs, perChannel, settings }: Expression,
  sizes: Readonly<Record<string, number>>,
): Given {
  const buffers = { ...inputs, ...perChannel };
  const declare = (of: object, type: string) => Object.keys(of).map((name) => `${name} : ${type},`);
  const values = (of: Readonly<Record<string, number>>, type: Uniform['type']) =>
    Object.values(of).map((value) => ({ type, data: [value] }));
  return {
    tensors: Object.values(buffers),
    variableNames: Object.keys(buffers).map(bufferOf),
    uniforms: [...values(sizes, 'int32'), ...values(settings, 'float32')],
    declaredUniforms: [...declare(sizes, 'i32'), ...declare(settings, 'f32')].join(' '),
  };
}

/** WGSL: gives each tensor's value at a place the tensor's name. */
export function valuesAt(place: string, inputs: Readonly<Record<string, tf.TensorInfo>>): string {
  return Object.keys(inputs)
    .map((input) => `let ${input} = ${bufferOf(input)}[${place}];`)
    .join('\n');
}

/** WGSL: gives each setting its name. */
export function settingsRead(settings: Expression['settings']): string {
  return Object.keys(settings)
    .map((setting) => `let ${setting} = uniforms.${setting};`)
    .join('\n');
}

/** The buffer of a tensor; the tensor's own name is that of its value at a place. */
function bufferOf(input: string): string {
  return `${input}Buffer`;
}
