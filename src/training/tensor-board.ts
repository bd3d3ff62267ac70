import { tf } from '../backends/tf.js';
import type { EpochResult, StepResult } from './results.js';

/** What TensorFlow's own backend has for it; `tf.node.summaryFileWriter` calls the same. */
interface SummaryBackend {
  summaryWriter(name: string): tf.Tensor;
  createSummaryFileWriter(writer: tf.Tensor, folder: string): void;
  writeScalarSummary(writer: tf.Tensor, step: number, name: string, value: number): void;
  flushSummaryWriter(writer: tf.Tensor): void;
}

/** Writes what TensorBoard shows. */
export interface TensorBoardLog {
  step(result: StepResult): void;
  epoch(result: EpochResult, pictures: number): void;
  close(): void;
}

/**
 * Begins a log: a file of events in a folder, which `tensorboard --logdir` reads.
 *
 * @throws Error if the backend is not the native one: only TensorFlow itself writes such files.
 */
export function tensorBoardLog(folder: string): TensorBoardLog {
  if (tf.getBackend() !== 'tensorflow') {
    throw new Error(
      `Only the native backend writes TensorBoard's logs, but this is "${tf.getBackend()}". ` +
        'Leave tensorBoard out, or install that backend with: npx inception-lab backend install',
    );
  }
  const backend = tf.backend() as unknown as SummaryBackend;
  // Kept: it is a tensor, and a tidy around the training would take it away.
  const writer = tf.keep(backend.summaryWriter(folder));
  tf.tidy(() => {
    backend.createSummaryFileWriter(writer, folder);
  });
  const write = (step: number, values: Readonly<Record<string, number>>) => {
    for (const [name, value] of Object.entries(values)) {
      backend.writeScalarSummary(writer, step, name, value);
    }
  };
  return {
    step({ epoch, step, steps, loss, zeroFraction }) {
      write((epoch - 1) * steps + step, { 'step/loss': loss, 'step/zeros': zeroFraction });
    },
    epoch({ epoch, loss, top1, top5, learningRate, zeroFraction, seconds }, pictures) {
      write(epoch, {
        'epoch/loss': loss,
        'epoch/top-1 error': top1,
        'epoch/top-5 error': top5,
        'epoch/learning rate': learningRate,
        'epoch/zeros': zeroFraction,
        'epoch/pictures a second': pictures / seconds,
      });
      backend.flushSummaryWriter(writer);
    },
    close() {
      backend.flushSummaryWriter(writer);
      writer.dispose();
    },
  };
}
