import type { RunProgress, RunStage } from './api.ts';
import { TimeLeft } from './time-left.ts';

/** Tells how far a stage is, with an estimate of what is left. */
export function reporter(
  stage: RunStage,
  total: number,
  onProgress: (progress: RunProgress) => void,
  note?: () => string | undefined,
): (done: number) => void {
  const left = new TimeLeft();
  onProgress({ stage, done: 0, total, secondsLeft: null });
  return (done) => {
    const said = note?.();
    onProgress({
      stage,
      done,
      total,
      secondsLeft: left.seconds(done, total),
      ...(said !== undefined && { note: said }),
    });
  };
}
