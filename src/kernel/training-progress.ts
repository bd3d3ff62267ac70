import { barOf, drawer } from './progress.js';

/** What a training tells: see `train`. */
interface Step {
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
  readonly epochs: number;
  readonly loss: number;
  readonly pictures: number;
}

/** To be handed to `train` as its options. */
export interface TrainingProgress {
  readonly onStep: (result: Step) => void;
  readonly onEpoch: (result: { readonly epoch: number; readonly top1: number }) => void;
}

/** Milliseconds between two drawings. */
const pause = 200;

/**
 * Shows how a training goes, in one line that changes in its place, below a notebook's cell or in a
 * terminal: the epoch, the loss, the last top-1 error, pictures a second, and the time that is left.
 *
 *     await train(model, data, config, trainingProgress());
 */
export function trainingProgress(): TrainingProgress {
  const draw = drawer();
  const begun = performance.now();
  let [done, pictures, drawn, error] = [0, 0, -Infinity, ''];
  const show = ({ epoch, step, steps, epochs, loss }: Step) => {
    const seconds = (performance.now() - begun) / 1000;
    // A training that goes on from a checkpoint has not taken the time for all of its steps.
    const before = (epoch - 1) * steps + step - done;
    const label = `epoch ${epoch}/${epochs}`;
    const bar = barOf({ label, done, total: epochs * steps - before, seconds });
    const speed = `${(pictures / seconds).toFixed(0)} pictures/s`;
    draw(`${bar}, loss ${loss.toFixed(3)}${error}, ${speed}`, epoch === epochs && step === steps);
  };
  return {
    onStep(result) {
      done++;
      pictures += result.pictures;
      const now = performance.now();
      const isLast = result.epoch === result.epochs && result.step === result.steps;
      if (!isLast && now - drawn < pause) return;
      drawn = now;
      show(result);
    },
    onEpoch({ top1 }) {
      error = `, top-1 error ${(top1 * 100).toFixed(1)} %`;
    },
  };
}
