import type { RunProgress, RunStage } from './api.ts';
import { TimeLeft } from './time-left.ts';

/** Tells how far a stage is, with an estimate of what is left. @param from what was done before it began */
export function reporter(
  stage: RunStage,
  total: number,
  onProgress: (progress: RunProgress) => void,
  note?: () => string | undefined,
  from = 0,
): (done: number) => void {
  const left = new TimeLeft();
  onProgress({ stage, done: from, total, secondsLeft: null });
  return (done) => {
    const said = note?.();
    onProgress({
      stage,
      done,
      total,
      secondsLeft: left.seconds(done - from, total - from),
      ...(said !== undefined && { note: said }),
    });
  };
}
