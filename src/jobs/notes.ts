import type { RunListener, RunProgress } from './api.ts';

/**
 * Lets notes be told at any time, beside the progress last heard, which stays as it is.
 *
 * @returns a listener to use in place of the given one, and what tells notes
 */
export function withNotes(listener: RunListener): { readonly listener: RunListener; say(note: string): void } {
  let last: RunProgress = { stage: 'concepts', done: 0, total: 1, secondsLeft: null };
  return {
    listener: {
      onProgress(progress) {
        last = progress;
        listener.onProgress(progress);
      },
      onUnits: (explained) => listener.onUnits(explained),
      onResults: (results) => listener.onResults?.(results),
    },
    say: (note) => listener.onProgress({ ...last, note }),
  };
}
