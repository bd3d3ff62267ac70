import type * as tf from '@tensorflow/tfjs';
import type { Uniform } from './webgpu-program.js';

/** What shaders need whose work is an expression of named tensors and settings. */

/** The buffer of a tensor; the tensor's own name is that of its value at a place. */
export function bufferOf(input: string): string {
  return `${input}Buffer`;
}

/** WGSL: gives each tensor's value at a place the tensor's name. */
export function valuesAt(place: string, inputs: Readonly<Record<string, tf.TensorInfo>>): string {
  return Object.keys(inputs)
    .map((input) => `let ${input} = ${bufferOf(input)}[${place}];`)
    .join('\n');
}

type Settings = Readonly<Record<string, number>>;

/** WGSL: settings among a shader's uniforms. */
export function settingsDeclared(settings: Settings): string {
  return Object.keys(settings)
    .map((setting) => `${setting} : f32,`)
    .join(' ');
}

/** WGSL: gives each setting its name. */
export function settingsRead(settings: Settings): string {
  return Object.keys(settings)
    .map((setting) => `let ${setting} = uniforms.${setting};`)
    .join('\n');
}

/** The uniforms themselves. */
export function settingsOf(settings: Settings): Uniform[] {
  return Object.values(settings).map((value) => ({ type: 'float32', data: [value] }));
}
