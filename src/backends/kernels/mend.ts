import * as tf from '@tensorflow/tfjs';

/** A kernel of ours, and the backends of TensorFlow.js whose own it replaces, by their names there. */
export interface MendedKernel {
  readonly name: string;
  readonly backends: readonly string[];
  /** What to compute instead; `stock` is the backend's own kernel, if it has one. */
  compute(call: KernelCall, stock?: Kernel): KernelResult;
}

/** Computes a kernel: what TensorFlow.js calls a `KernelFunc`, seen with tensors. */
export type Kernel = (call: KernelCall) => KernelResult;

type KernelResult = tf.TensorInfo | tf.TensorInfo[];

export interface KernelCall {
  readonly inputs: Record<string, tf.Tensor>;
  readonly attrs: Record<string, unknown>;
  readonly backend: object;
}

/** Replaces a kernel on one backend; a second time changes nothing. */
export function install(mended: MendedKernel, backend: string): void {
  const { name } = mended;
  const stock = tf.getKernel(name, backend) as tf.KernelConfig | undefined;
  const stockFunc = stock?.kernelFunc as Kernel | undefined;
  if (stockFunc && ours.has(stockFunc)) return;
  const kernel: Kernel = (call) => mended.compute(call, stockFunc);
  ours.add(kernel);
  if (stock) tf.unregisterKernel(name, backend);
  tf.registerKernel({
    ...stock,
    kernelName: name,
    backendName: backend,
    kernelFunc: kernel as unknown as tf.KernelFunc,
  });
}

const ours = new WeakSet<Kernel>();
