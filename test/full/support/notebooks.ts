import { join } from 'node:path';
import { readLessons } from '../../../dist/lessons/catalogue.js';
import { toNotebook } from '../../../dist/lessons/to-notebook.js';
import { writeNotebook } from '../../../dist/notebook/files.js';
import {
  textOf,
  type CodeCell,
  type Notebook,
  type Output,
} from '../../../dist/notebook/notebook.js';

/** A notebook of code cells. */
export function notebookOf(...sources: readonly string[]): Notebook {
  return {
    cells: sources.map((source, i) => ({
      cell_type: 'code',
      execution_count: null,
      id: `cell-${i + 1}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: {
      kernelspec: { display_name: 'TypeScript', language: 'typescript', name: 'tslab' },
      language_info: { name: 'typescript' },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** @returns the paths of all lessons' solved notebooks, written into a folder */
export async function writeSolvedLessons(folder: string): Promise<string[]> {
  const lessons = await readLessons();
  if (lessons.length === 0) throw new Error('The course has no lesson.');
  return Promise.all(
    lessons.map(async (lesson) => {
      const path = join(folder, `${lesson.slug}.ipynb`);
      await writeNotebook(path, toNotebook(lesson, 'solved'));
      return path;
    }),
  );
}

/** @returns the path of the solved notebook of the first lesson, written into a folder */
export async function writeSolvedLesson(folder: string): Promise<string> {
  const [path] = await writeSolvedLessons(folder);
  return path!;
}

export function codeCells({ cells }: Notebook): CodeCell[] {
  return cells.filter((cell): cell is CodeCell => cell.cell_type === 'code');
}

/** What a cell wrote to one of its streams. */
export function streamText(outputs: readonly Output[], name: 'stdout' | 'stderr'): string {
  return outputs
    .map((output) =>
      output.output_type === 'stream' && output.name === name ? textOf(output.text) : '',
    )
    .join('');
}

/** Displays of a cell, each format by its MIME type. */
export function displays(outputs: readonly Output[]): Record<string, unknown>[] {
  return outputs.flatMap((output) => (output.output_type === 'display_data' ? [output.data] : []));
}

/** What a cell shows; some front ends print a result. Plots are shown as their specifications. */
export function shown({ outputs }: CodeCell): unknown {
  const results = outputs.flatMap((output) =>
    output.output_type === 'execute_result'
      ? [`${textOf(output.data['text/plain'] as string)}\n`]
      : [],
  );
  return {
    stdout: [streamText(outputs, 'stdout'), ...results].join(''),
    stderr: streamText(outputs, 'stderr'),
    pictures: displays(outputs).map((data) => [
      textOf(data['text/plain'] as string),
      data['application/vnd.vegalite.v5+json'],
    ]),
    errors: outputs.filter(({ output_type }) => output_type === 'error'),
  };
}

/** How long something took, and how fast it went. */
const durations = /\b\d+(\.\d+)? (s|pictures\/s)(?!\w)|\b\d+:\d\d\b/g;

/**
 * What a lesson shows, but for what rightly differs between kernels, or between Node and a browser:
 * times, which backends there are (a row each of lesson 00's table, and why others are not), and the
 * last digits that `Math.pow` and `Math.exp` give.
 */
export function comparable(cells: readonly CodeCell[]): unknown {
  const text = JSON.stringify(cells.map(shown), (_, value: unknown) => {
    if (typeof value === 'number') return Number(value.toPrecision(12));
    if (typeof value !== 'string') return value;
    return value
      .replace(/^│ \d +│ '(native|webgpu|wasm|cpu)' .*\n/gm, '')
      .replace(/^(native|webgpu): .*\n/gm, '')
      .replace(/; passed over (native|webgpu): .*(?=\.\n)/, '')
      .replace(durations, '(time)');
  });
  return JSON.parse(text);
}
