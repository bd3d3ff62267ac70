import type { RunConfig, RunResult } from '../../../dist/training/studies/run.js';
import type { EpochResult } from 'inception-lab';

/** The result of a run of one epoch, with this top-1 error. */
export function resultOf(
  config: RunConfig,
  top1: number,
  more: Partial<RunResult> = {},
): RunResult {
  const last = { epoch: 1, loss: top1 * 2, top1, top5: 0, zeroFraction: 0.5 } as EpochResult;
  return {
    config,
    ...{ parameters: 1000, multiplyAdds: 5e6, steps: 10, curve: [last] },
    ...{ backend: 'cpu', device: 'test' },
    versions: { node: '', tensorflow: '', inceptionLab: '' },
    ...{ date: '2016-02-23', seconds: 60 },
    ...more,
  };
}
