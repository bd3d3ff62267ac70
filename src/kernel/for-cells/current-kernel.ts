import type { DisplayData, InputQuestion } from '../messages.js';

export type Display = (content: DisplayData, update?: boolean) => void;

/** The tensors that a cell has made and that are still there. */
export interface CellTensors {
  /** `Cell [3]` */
  readonly cell: string;
  readonly tensors: number;
  readonly bytes: number;
}

/** What a cell can ask of the kernel that runs it, beyond what tslab knows. */
export interface CurrentKernel {
  readonly display: Display;
  readonly clearOutput: (wait: boolean) => void;
  readonly input: (question: InputQuestion) => Promise<string>;
  readonly tensors: () => CellTensors[];
  /** Of the cell that runs: told when it is interrupted. */
  readonly signal: () => AbortSignal;
}

/** Found by cells whichever copy of this module they import. */
const key = Symbol.for('inception-lab.kernel');

const host = globalThis as { [key]?: CurrentKernel };

/** To be called by the process in which cells run. */
export function provideKernel(kernel: CurrentKernel): void {
  host[key] = kernel;
}

/** `undefined` elsewhere than in this project's kernel. */
export function currentKernel(): CurrentKernel | undefined {
  return host[key];
}

/**
 * Removes what the running cell has shown so far, as for a picture that changes; elsewhere than in
 * this project's kernel it does nothing.
 *
 * @param options `wait`: only when there is something new, so that nothing flickers. Default: `false`
 */
export function clearOutput({ wait = false }: { readonly wait?: boolean } = {}): void {
  currentKernel()?.clearOutput(wait);
}
