import * as tf from '@tensorflow/tfjs';
import { givenTo, settingsRead, valuesAt, type Expression } from './webgpu-expression.js';
import { disposeOf, runProgram, type WebGPUProgram } from './webgpu-program.js';
import { sumOfParts } from './webgpu-sum-of-parts.js';

/** Threads of a workgroup, on each side: so many channels, and so many rows at once. */
const side = 16;
/** Rows that a thread adds up before it is worth while to share them with another workgroup. */
const rowsEach = 256;

/**
 * Adds up an expression over all places of each channel: `[…, channels]` become `[channels]`. Few
 * places take one shader; of many, several workgroups take a part each, whose sums a second adds up.
 */
export function channelSums(backend: object, what: Expression): tf.TensorInfo {
  const { name, inputs, perChannel = {}, settings, expression } = what;
  const { shape } = Object.values(inputs)[0]!;
  const channels = shape.at(-1)!;
  const rows = tf.util.sizeFromShape(shape) / channels;
  const parts = Math.ceil(rows / (side * rowsEach));
  const rowsOfPart = side * Math.ceil(rows / parts / side);
  const sizes = { channels, rows, rowsOfPart };
  const { tensors, uniforms, variableNames, declaredUniforms } = givenTo(what, sizes);
  const program: WebGPUProgram = {
    outputShape: [parts, channels],
    shaderKey: `inception-lab ${name}`,
    variableNames,
    uniforms: declaredUniforms,
    workgroupSize: [side, side, 1],
    dispatchLayout: { x: [1], y: [0] },
    dispatch: [Math.ceil(channels / side), parts, 1],
    size: false,
    getUserCode: () => `
      var<workgroup> sums : array<array<f32, ${side}>, ${side}>;

      fn main() {
        let column = i32(localId.x);
        let row = i32(localId.y);
        let channel = i32(workgroupId.x) * ${side} + column;
        let part = i32(workgroupId.y);
        let isChannel = channel < uniforms.channels;
        var sum = 0.0;
        if (isChannel) {
          ${valuesAt('channel', perChannel)}
          ${settingsRead(settings)}
          let end = min((part + 1) * uniforms.rowsOfPart, uniforms.rows);
          for (var place = part * uniforms.rowsOfPart + row; place < end; place += ${side}) {
            let index = place * uniforms.channels + channel;
            ${valuesAt('index', inputs)}
            sum += ${expression};
          }
        }
        sums[row][column] = sum;
        workgroupBarrier();
        for (var half = ${side / 2}; half > 0; half /= 2) {
          if (row < half) { sums[row][column] += sums[row + half][column]; }
          workgroupBarrier();
        }
        if (row == 0 && isChannel) {
          setOutputAtIndex(part * uniforms.channels + channel, sums[0][column]);
        }
      }`,
  };
  const sums = runProgram(backend, program, tensors, uniforms);
  if (parts === 1) return { ...sums, shape: [channels] };
  const whole = runProgram(backend, sumOfParts([channels], parts), [sums], []);
  disposeOf(backend, sums);
  return whole;
}
