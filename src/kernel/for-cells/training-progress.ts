import type { EpochResult, StepResult } from '../../training/results.js';
import { bands, type BandPanel } from '../../viz/index.js';
import { currentKernel } from './current-kernel.js';
import { livePlot } from './live-plot.js';
import { barOf, drawer } from './progress.js';

/** Of what a training tells, what is shown. */
type Step = Omit<StepResult, 'zeroFraction'>;
type Epoch = Pick<EpochResult, 'epoch' | 'top1'>;

/** To be handed to `train` as its options. */
export interface TrainingProgress {
  /** Ends the training with its cell, when that is interrupted. */
  readonly signal?: AbortSignal;
  readonly onResume: (curve: readonly (Epoch & { readonly loss: number })[]) => void;
  readonly onStep: (result: Step) => void;
  readonly onEpoch: (result: Epoch) => void;
}

export interface TrainingProgressOptions {
  /** Whether the loss and the top-1 error are drawn too, as they come. Default: `false` */
  readonly plot?: boolean;
}

/** Milliseconds between two drawings. */
const pause = 200;

/**
 * Shows how a training goes, in one line that changes in its place, below a notebook's cell or in a
 * terminal: the epoch, the loss, the last top-1 error, pictures a second, and the time that is left;
 * with `plot`, below that a plot that grows. A training in a cell ends when the cell is interrupted.
 *
 *     await train(model, data, config, trainingProgress({ plot: true }));
 */
export function trainingProgress({ plot = false }: TrainingProgressOptions = {}): TrainingProgress {
  const draw = drawer();
  const signal = currentKernel()?.signal();
  const curves = plot ? growingCurves() : undefined;
  const begun = performance.now();
  let [done, pictures, drawn, error] = [0, 0, -Infinity, ''];
  let last: Step | undefined;
  const show = ({ epoch, step, steps, epochs, loss }: Step, isLast = false) => {
    const seconds = (performance.now() - begun) / 1000;
    // A training that goes on from a checkpoint has not taken the time for all of its steps.
    const before = (epoch - 1) * steps + step - done;
    const label = `epoch ${epoch}/${epochs}`;
    const bar = barOf({ label, done, total: epochs * steps - before, seconds });
    const speed = `${(pictures / seconds).toFixed(0)} pictures/s`;
    draw(`${bar}, loss ${loss.toFixed(3)}${error}, ${speed}`, isLast);
  };
  return {
    ...(signal && { signal }),
    onResume(curve) {
      curves?.onResume(curve);
    },
    onStep(result) {
      done++;
      pictures += result.pictures;
      const now = performance.now();
      if (result.epoch === result.epochs && result.step === result.steps) last = result;
      if (last || now - drawn >= pause) {
        drawn = now;
        show(result);
      }
      curves?.onStep(result);
    },
    onEpoch(result) {
      error = `, top-1 error ${(result.top1 * 100).toFixed(1)} %`;
      if (last) show(last, true);
      curves?.onEpoch(result);
    },
  };
}

/** An epoch's steps are averaged to so many points. */
const pointsPerEpoch = 20;

function growingCurves(): TrainingProgress {
  const draw = livePlot();
  const losses: { epoch: number; loss: number; steps: number }[] = [];
  const errors: Epoch[] = [];
  const addLoss = (epoch: number, loss: number) => {
    const last = losses.at(-1);
    if (last?.epoch !== epoch) losses.push({ epoch, loss, steps: 1 });
    else last.loss += (loss - last.loss) / ++last.steps;
  };
  const panels = (): BandPanel[] => {
    const error = errors.map(({ epoch, top1 }) => ({ series: 'test', x: epoch, y: top1 }));
    const loss = losses.map(({ epoch, loss: y }) => ({ series: 'training', x: epoch, y }));
    const xTitle = 'epoch';
    return [
      { points: loss, xTitle, yTitle: 'loss' },
      ...(error.length > 0
        ? [{ points: error, xTitle, yTitle: 'top-1 error', percent: true }]
        : []),
    ];
  };
  const redraw = (isLast: boolean) => {
    draw(() => bands(panels(), { title: 'The training so far' }), isLast);
  };
  return {
    onResume(curve) {
      for (const result of curve) {
        addLoss(result.epoch, result.loss);
        errors.push(result);
      }
    },
    onStep({ epoch, step, steps, loss }) {
      const part = Math.ceil((step / steps) * pointsPerEpoch) / pointsPerEpoch;
      addLoss(epoch - 1 + part, loss);
      redraw(false);
    },
    onEpoch(result) {
      errors.push(result);
      redraw(true);
    },
  };
}
