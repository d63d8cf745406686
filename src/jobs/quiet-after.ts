import type { RunListener } from './api.ts';

/** A listener that hears nothing once the signal is aborted. */
export function quietAfter(signal: AbortSignal, listener: RunListener): RunListener {
  return {
    onProgress(progress) {
      if (!signal.aborted) listener.onProgress(progress);
    },
    onUnits(units) {
      if (!signal.aborted) listener.onUnits(units);
    },
    onResults(results) {
      if (!signal.aborted) listener.onResults?.(results);
    },
  };
}
