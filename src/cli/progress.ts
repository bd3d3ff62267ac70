import { Presets, SingleBar } from 'cli-progress';

/** Shows how far a notebook is: a bar in a terminal, a line a cell elsewhere. */
export interface Progress {
  readonly cell: (cell: number, cells: number) => void;
  readonly end: () => void;
}

export function showProgress(name: string): Progress {
  return process.stdout.isTTY ? bar(name) : lines(name);
}

function bar(name: string): Progress {
  const format = `${name} {bar} cell {cell} of {total}`;
  const single = new SingleBar({ format, hideCursor: true, barsize: 24 }, Presets.shades_classic);
  let started = false;
  return {
    cell(cell, cells) {
      if (!started) single.start(cells, 0, { cell });
      started = true;
      single.update(cell - 1, { cell });
    },
    end() {
      if (started) single.update(single.getTotal());
      single.stop();
    },
  };
}

function lines(name: string): Progress {
  return {
    cell(cell, cells) {
      console.log(`${name}: cell ${cell} of ${cells}`);
    },
    end() {
      // Every line stands for itself.
    },
  };
}
