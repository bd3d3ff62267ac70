import type { CellTensors } from '../for-cells/current-kernel.js';

/** What TensorFlow.js calls whenever a tensor comes and goes. */
interface Engine {
  readonly state: {
    readonly numBytes: number;
    readonly activeScope: object | null | undefined;
    activeTape: object | null;
    gradientDepth: number;
    kernelDepth: number;
  };
  endScope(): void;
  trackTensor(tensor: { readonly id: number }, backend: unknown): void;
  disposeTensor(tensor: { readonly id: number }): void;
}

/** What our library offers: see `backends/name-scopes.ts`. */
const leaveLayers = Symbol.for('inception-lab.leaveLayers');

interface Entry {
  readonly cell: string;
  readonly bytes: number;
}

/** Which tensors are alive, and which cell has made them. */
export class TensorLedger {
  readonly #alive = new Map<number, Entry>();
  readonly #currentCell: () => string;
  #engine: Engine | undefined;

  /** @param currentCell the name of the cell that is running */
  constructor(currentCell: () => string) {
    this.#currentCell = currentCell;
  }

  /** Keeps the books of TensorFlow.js from when it is loaded; to be called after each module. */
  attach(): void {
    const engine = (globalThis as { _tfengine?: Engine })._tfengine;
    if (!engine || engine === this.#engine) return;
    this.#engine = engine;
    const trackTensor = engine.trackTensor.bind(engine);
    const disposeTensor = engine.disposeTensor.bind(engine);
    engine.trackTensor = (tensor, backend) => {
      const before = engine.state.numBytes;
      trackTensor(tensor, backend);
      const bytes = engine.state.numBytes - before;
      this.#alive.set(tensor.id, { cell: this.#currentCell(), bytes });
    };
    engine.disposeTensor = (tensor) => {
      disposeTensor(tensor);
      this.#alive.delete(tensor.id);
    };
  }

  /**
   * To be called where a computation was ended in its midst: nothing is recorded for gradients any
   * more while TensorFlow.js believes that it is within an operation. What was computed for
   * nobody's use is freed.
   */
  settle(): void {
    const engine = this.#engine;
    if (!engine) return;
    while (engine.state.activeScope) engine.endScope();
    Object.assign(engine.state, { activeTape: null, gradientDepth: 0, kernelDepth: 0 });
    (globalThis as { [leaveLayers]?: () => void })[leaveLayers]?.();
  }

  /** In the order of the cells' first tensors that are still there. */
  report(): CellTensors[] {
    const rows = new Map<string, CellTensors>();
    for (const { cell, bytes } of this.#alive.values()) {
      const { tensors = 0, bytes: before = 0 } = rows.get(cell) ?? {};
      rows.set(cell, { cell, tensors: tensors + 1, bytes: before + bytes });
    }
    return [...rows.values()];
  }
}
