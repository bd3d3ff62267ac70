import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export const partNames = ['machine', 'gradients', 'scaling', 'bench', 'lessons', 'study'] as const;

export type PartName = (typeof partNames)[number];

const usage =
  'Usage: npm run gpu -- [--only PART,PART] [--quick] [--processes N] [--study-minutes N] ' +
  `[--bench-seconds N] [--python INTERPRETER] [--output FOLDER]\nParts: ${partNames.join(', ')}`;

const numbers = ['processes', 'study-minutes', 'bench-seconds'] as const;

export interface Options {
  readonly only: readonly PartName[];
  readonly quick: boolean;
  readonly processes: string;
  readonly 'study-minutes': string;
  readonly 'bench-seconds': string;
  readonly backend: string;
  readonly comparison?: string;
  readonly python: string;
  readonly output: string;
}

/** What the command line says; ends the process with a sentence if it is not understood. */
export function readOptions(): Options {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string', default: partNames.join(',') },
        quick: { type: 'boolean', default: false },
        processes: { type: 'string', default: `${Math.min(15, availableParallelism())}` },
        'study-minutes': { type: 'string', default: '5' },
        'bench-seconds': { type: 'string', default: '240' },
        backend: { type: 'string', default: 'webgpu' },
        comparison: { type: 'string' },
        python: { type: 'string', default: 'python3' },
        output: { type: 'string', default: 'build/gpu' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    for (const name of numbers) {
      if (!(Number(values[name]) > 0))
        throw new Error(`--${name} is ${values[name]}: give a number above 0.`);
    }
    return { ...values, only: values.only.split(',').map(partOf) };
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    process.exit(2);
  }
}

function partOf(wish: string): PartName {
  const name = partNames.find((one) => one === wish);
  if (name === undefined) throw new Error(`There is no part "${wish}".`);
  return name;
}
