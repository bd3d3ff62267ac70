/** What a cell can ask of the kernel that runs it, beyond what tslab knows. */
interface CurrentKernel {
  readonly clearOutput: (wait: boolean) => void;
}

/** Found by cells whichever copy of this module they import. */
const key = Symbol.for('inception-lab.kernel');

const host = globalThis as { [key]?: CurrentKernel };

/** To be called by the process in which cells run. */
export function provideKernel(kernel: CurrentKernel): void {
  host[key] = kernel;
}

/**
 * Removes what the running cell has shown so far, as for a picture that changes; elsewhere than in
 * this project's kernel it does nothing.
 *
 * @param options `wait`: only when there is something new, so that nothing flickers. Default: `false`
 */
export function clearOutput({ wait = false }: { readonly wait?: boolean } = {}): void {
  host[key]?.clearOutput(wait);
}
