import type { tf } from '../tf.js';
import { conv2dGeometry, type Conv2DGeometry } from './conv2d-geometry.js';
import type { MendedKernel } from './mend.js';
import { disposeOf, runProgram, type Uniform, type WebGPUProgram } from './webgpu-program.js';
import { sumOfParts } from './webgpu-sum-of-parts.js';

/**
 * The gradient of a convolution with respect to its kernel. TensorFlow.js 4.22 gives every weight one
 * thread, which adds up all pixels of the batch one after another: a kernel of a thousand weights
 * keeps a GPU's hundred thousand threads waiting. Here the pixels are split among workgroups, and
 * each takes its share as a product of matrices, tile by tile through its own fast memory.
 */
export const webgpuConv2dBackpropFilter: MendedKernel = {
  name: 'Conv2DBackpropFilter',
  backends: ['webgpu'],
  compute({ inputs, attrs, backend }) {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const filterShape = attrs.filterShape as [number, number, number, number];
    const geometry = conv2dGeometry(x.shape, filterShape, attrs);
    const plan = planOf(geometry);
    const parts = runProgram(
      backend,
      partialSums(geometry, plan),
      [x, dy],
      uniformsOf(geometry, plan),
    );
    if (plan.splits === 1) return { ...parts, shape: filterShape };
    const whole = runProgram(backend, sumOfParts(filterShape, plan.splits), [parts], []);
    disposeOf(backend, parts);
    return whole;
  },
};

/** Threads of a workgroup, on each side of its tile. */
const side = 16;
/** So many workgroups keep a large GPU busy. */
const enough = 1024;
/** Pixels below which a workgroup's share is not worth its start. */
const leastPixels = 256;
const mostSplits = 64;

interface Plan {
  /** Weights that a thread computes, on each side: a tile is `16 · width` channels square. */
  readonly width: number;
  readonly tiles: readonly [outChannels: number, inChannels: number];
  readonly splits: number;
  readonly pixels: number;
  /** Of each split. */
  readonly pixelsEach: number;
}

function planOf({ batchSize, outHeight, outWidth, ...rest }: Conv2DGeometry): Plan {
  const { inChannels, outChannels, filterHeight, filterWidth } = rest;
  const least = Math.min(inChannels, outChannels);
  const width = least <= 24 ? 1 : least <= 96 ? 2 : 4;
  const tiles = [outChannels, inChannels].map((channels) => Math.ceil(channels / (side * width)));
  const pixels = batchSize * outHeight * outWidth;
  const groups = tiles[0]! * tiles[1]! * filterHeight * filterWidth;
  const wanted = Math.min(enough / groups, pixels / leastPixels, mostSplits);
  const pixelsEach = side * Math.ceil(pixels / Math.max(1, Math.floor(wanted)) / side);
  const splits = Math.ceil(pixels / pixelsEach);
  return { width, tiles: tiles as [number, number], splits, pixels, pixelsEach };
}

function uniformsOf(geometry: Conv2DGeometry, plan: Plan): Uniform[] {
  const { inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = geometry;
  const { inChannels, outChannels, filterWidth } = geometry;
  const numbers = [
    ...[inHeight, inWidth, outHeight, outWidth, strideHeight, strideWidth],
    ...[padInfo.top, padInfo.left, inChannels, outChannels, filterWidth],
    ...[plan.tiles[1], plan.pixels, plan.pixelsEach],
  ];
  return numbers.map((value) => ({ type: 'int32', data: [value] }));
}

const uniforms =
  'inHeight : i32, inWidth : i32, outHeight : i32, outWidth : i32, strideHeight : i32, ' +
  'strideWidth : i32, padTop : i32, padLeft : i32, inChannels : i32, outChannels : i32, ' +
  'filterWidth : i32, inTiles : i32, pixels : i32, pixelsEach : i32,';

/** `[splits, height, width, input channels, output channels]` */
function partialSums(geometry: Conv2DGeometry, { width, tiles, splits }: Plan): WebGPUProgram {
  const { filterHeight, filterWidth, inChannels, outChannels } = geometry;
  const tile = side * width;
  return {
    outputShape: [splits, filterHeight, filterWidth, inChannels, outChannels],
    shaderKey: `inception-lab Conv2DBackpropFilter ${width}`,
    variableNames: ['x', 'dy'],
    uniforms,
    workgroupSize: [side, side, 1],
    dispatchLayout: { x: [4], y: [3], z: [0] },
    dispatch: [tiles[0], tiles[1] * filterHeight * filterWidth, splits],
    size: false,
    getUserCode: () => `
      var<workgroup> seen : array<array<f32, ${tile}>, ${side}>;
      var<workgroup> change : array<array<f32, ${tile}>, ${side}>;

      fn main() {
        let column = i32(localId.x);
        let row = i32(localId.y);
        let tap = i32(workgroupId.y) / uniforms.inTiles;
        let tapRow = tap / uniforms.filterWidth;
        let tapColumn = tap % uniforms.filterWidth;
        let firstIn = (i32(workgroupId.y) % uniforms.inTiles) * ${tile};
        let firstOut = i32(workgroupId.x) * ${tile};
        let start = i32(workgroupId.z) * uniforms.pixelsEach;
        let end = min(start + uniforms.pixelsEach, uniforms.pixels);
        var sums : array<array<f32, ${width}>, ${width}>;

        // As often in every workgroup: barriers want that.
        for (var first = 0; first < uniforms.pixelsEach; first += ${side}) {
          // Row by row of the tile, a pixel each: its window's channels, and its change.
          let pixel = start + first + row;
          let image = pixel / (uniforms.outHeight * uniforms.outWidth);
          let place = pixel % (uniforms.outHeight * uniforms.outWidth);
          let y = (place / uniforms.outWidth) * uniforms.strideHeight + tapRow - uniforms.padTop;
          let x0 = (place % uniforms.outWidth) * uniforms.strideWidth + tapColumn - uniforms.padLeft;
          let isPixel = pixel < end;
          let isInside = isPixel && y >= 0 && y < uniforms.inHeight && x0 >= 0 && x0 < uniforms.inWidth;
          let inStart = ((image * uniforms.inHeight + y) * uniforms.inWidth + x0) * uniforms.inChannels;
          for (var i = 0; i < ${width}; i++) {
            let at = column + ${side} * i;
            let inChannel = firstIn + at;
            let outChannel = firstOut + at;
            var value = 0.0;
            if (isInside && inChannel < uniforms.inChannels) { value = x[inStart + inChannel]; }
            seen[row][at] = value;
            value = 0.0;
            if (isPixel && outChannel < uniforms.outChannels) {
              value = dy[pixel * uniforms.outChannels + outChannel];
            }
            change[row][at] = value;
          }
          workgroupBarrier();
          for (var k = 0; k < ${side}; k++) {
            for (var i = 0; i < ${width}; i++) {
              let value = seen[k][row + ${side} * i];
              for (var j = 0; j < ${width}; j++) {
                sums[i][j] += value * change[k][column + ${side} * j];
              }
            }
          }
          workgroupBarrier();
        }

        let taps = i32(numWorkgroups.y) / uniforms.inTiles;
        let block = (i32(workgroupId.z) * taps + tap) * uniforms.inChannels;
        for (var i = 0; i < ${width}; i++) {
          let inChannel = firstIn + row + ${side} * i;
          for (var j = 0; j < ${width}; j++) {
            let outChannel = firstOut + column + ${side} * j;
            if (inChannel < uniforms.inChannels && outChannel < uniforms.outChannels) {
              setOutputAtIndex((block + inChannel) * uniforms.outChannels + outChannel, sums[i][j]);
            }
          }
        }
      }`,
  };
}
