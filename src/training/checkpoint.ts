import { fileExists, renameFile } from '#platform';
import { tf } from '../backends/tf.js';
import type { ModelWeight } from '../models/weights/model-weights.js';
import { openSafetensors } from '../models/weights/safetensors.js';
import { writeSafetensors, type TensorSource } from '../models/weights/write-safetensors.js';
import type { RunningAverage } from './average.js';
import type { EpochResult } from './results.js';

/** All that a training is made of at the end of an epoch. */
export interface TrainingState {
  readonly weights: readonly ModelWeight[];
  readonly optimizer: tf.Optimizer;
  readonly average: RunningAverage | undefined;
}

const [newest, before] = ['checkpoint.safetensors', 'checkpoint-before.safetensors'];

/** Numbers of an epoch's result, in the order in which they are written. */
const columns = [
  'epoch',
  'loss',
  'top1',
  'top5',
  'learningRate',
  'zeroFraction',
  'seconds',
  'waitingSeconds',
] as const satisfies readonly (keyof EpochResult)[];

type Column = (typeof columns)[number];

/**
 * Writes a checkpoint. The one before it is kept, and at every moment one of the two is whole.
 *
 * @throws Error that names the file and says why it cannot be written.
 */
export async function saveCheckpoint(
  folder: string,
  { weights, optimizer, average }: TrainingState,
  curve: readonly EpochResult[],
): Promise<void> {
  const memories = await optimizer.getWeights();
  const rows = curve.flatMap((result) => columns.map((column) => result[column]));
  const tensors: TensorSource[] = [
    ...weights.map(({ name, variable }) => source(`weights/${name}`, variable.read())),
    ...(average?.state.averages ?? []).map((tensor, i) => source(`average/${i}`, tensor)),
    ...memories.map(({ name, tensor }) => source(`optimizer/${lasting(name, weights)}`, tensor)),
    numbers('average steps', Float32Array.of(average?.state.steps ?? 0)),
    numbers('curve', bytesOf(rows)),
  ];
  const path = `${folder}/${newest}`;
  const draft = `${folder}/checkpoint-draft.safetensors`;
  await writeSafetensors(draft, tensors);
  // The number of steps was made for this; the rest is the optimizer's own.
  memories.find(({ name }) => name === 'iter')?.tensor.dispose();
  if (await fileExists(path)) await renameFile(path, `${folder}/${before}`);
  await renameFile(draft, path);
}

/** The file holds 32 bits a number, and a curve must come back as it was: a byte a number is exact. */
function bytesOf(numbers: readonly number[]): Float32Array {
  return Float32Array.from(new Uint8Array(Float64Array.from(numbers).buffer));
}

function numbersOf(bytes: Float32Array): Float64Array {
  return new Float64Array(Uint8Array.from(bytes).buffer);
}

function numbers(name: string, values: Float32Array): TensorSource {
  return { name, shape: [values.length], read: () => Promise.resolve(values) };
}

function source(name: string, tensor: tf.Tensor): TensorSource {
  return {
    name,
    shape: tensor.shape,
    read: async () => Float32Array.from(await tensor.data()),
  };
}

/**
 * Takes over the newest checkpoint that is whole.
 *
 * @returns the epochs so far; none if there is no checkpoint
 * @throws Error if there are checkpoints, but none is whole.
 */
export async function restoreCheckpoint(
  folder: string,
  state: TrainingState,
): Promise<EpochResult[]> {
  const failures: Error[] = [];
  for (const path of [newest, before].map((name) => `${folder}/${name}`)) {
    if (!(await fileExists(path))) continue;
    try {
      return await restore(path, state);
    } catch (error) {
      failures.push(error as Error);
    }
  }
  if (failures.length === 0) return [];
  throw new Error(
    `No checkpoint in ${folder} is whole. Remove the folder to start again. ` +
      failures.map(({ message }) => message).join(' '),
  );
}

async function restore(
  path: string,
  { weights, optimizer, average }: TrainingState,
): Promise<EpochResult[]> {
  const file = await openSafetensors(path);
  try {
    const read = async (name: string) => {
      const shape = file.tensors.get(name)?.shape ?? [];
      return tf.tensor(await file.read(name), [...shape]);
    };
    // All of it is read before anything is changed.
    const values = await Promise.all(weights.map(({ name }) => read(`weights/${name}`)));
    const averages = average ? await Promise.all(weights.map((_, i) => read(`average/${i}`))) : [];
    const memories = await Promise.all(
      [...file.tensors.keys()]
        .filter((name) => name.startsWith('optimizer/'))
        .map(async (name) => ({
          name: ofThisProcess(name.slice('optimizer/'.length), weights),
          tensor: await read(name),
        })),
    );
    const [steps = 0] = await file.read('average steps');
    const curve = numbersOf(await file.read('curve'));
    for (const [i, { variable }] of weights.entries()) variable.write(values[i] ?? variable.read());
    await optimizer.setWeights(memories);
    average?.restore({ steps, averages });
    tf.dispose([values, averages, memories.map(({ tensor }) => tensor)]);
    return Array.from({ length: curve.length / columns.length }, (_, i) => rowOf(curve, i));
  } finally {
    await file.close();
  }
}

/** An optimizer's name for what it remembers of a weight, under the weight's lasting name. */
function lasting(memory: string, weights: readonly ModelWeight[]): string {
  const found = weights.find(({ variable }) => memory.startsWith(`${variable.name}/`));
  return found ? `${found.name}${memory.slice(found.variable.name.length)}` : memory;
}

/** The same under the name that the weight has here, where the network may have been built before. */
function ofThisProcess(memory: string, weights: readonly ModelWeight[]): string {
  const found = weights.find(({ name }) => memory.startsWith(`${name}/`));
  return found ? `${found.variable.name}${memory.slice(found.name.length)}` : memory;
}

function rowOf(curve: Float64Array, row: number): EpochResult {
  const numberOf = (column: Column) => curve[row * columns.length + columns.indexOf(column)] ?? NaN;
  const entries = columns.map((column) => [column, numberOf(column)] as const);
  return Object.fromEntries(entries) as Record<Column, number>;
}
