/** What became of one epoch. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  /** Of the training set, averaged over the epoch's steps; without weight decay. */
  readonly loss: number;
  /** Of the test set, with the averaged weights; fractions. */
  readonly top1: number;
  readonly top5: number;
  /** At the epoch's end. */
  readonly learningRate: number;
  /** How much of the last feature map is 0; 1 in a network that has died. */
  readonly zeroFraction: number;
  /** Of training, without evaluation. */
  readonly seconds: number;
  /** Of these, how many it waited for pictures. */
  readonly waitingSeconds: number;
}

export interface TrainOptions {
  /**
   * Where checkpoints are kept, one an epoch: a training that is run again goes on from there. In a
   * browser, a name under which it keeps them.
   */
  readonly folder?: string;
  /**
   * A name, in place of a folder, under which checkpoints are kept until the training has ended: one
   * that was stopped goes on when it is run again, and one that has ended begins anew. So does one
   * with another configuration, data set or network.
   */
  readonly resume?: string;
  /** Stops the training after the step at hand; it then fails with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with the epochs so far, where a training goes on. */
  readonly onResume?: (curve: readonly EpochResult[]) => void;
  /** Called, and waited for, after each epoch. */
  readonly onEpoch?: (result: EpochResult) => void | Promise<void>;
  /** Called after each step. */
  readonly onStep?: (result: StepResult) => void;
  /** Called once, and waited for, when the network has died. Default: a warning on stderr. */
  readonly onDeath?: (death: Death) => unknown;
  /** A folder for TensorBoard's logs, which only the native backend writes. */
  readonly tensorBoard?: string;
}

/** What became of one step. */
export interface StepResult {
  /** From 1, as the step. */
  readonly epoch: number;
  readonly step: number;
  /** How many the epoch has, and the training epochs. */
  readonly steps: number;
  readonly epochs: number;
  readonly loss: number;
  /** How many pictures the step was for. */
  readonly pictures: number;
  /** How much of the last feature map was 0. */
  readonly zeroFraction: number;
}

/** A last feature map that is 0 almost everywhere: no gradient goes through it any more. */
export interface Death extends StepResult {
  /** Where that begins: the first layer, from the input, that is so. */
  readonly layer: string;
}

/** A training whose loss is no number any more. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
}
