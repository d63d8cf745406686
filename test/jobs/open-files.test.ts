import { afterEach, expect, it, vi } from 'vitest';
import { OpenFiles } from '../../src/jobs/open-files.ts';
import { readingSeconds } from '../../src/jobs/reading-seconds.ts';

/** A worker that never answers, as if a damaged file kept it busy for ever. */
class BusyWorker extends EventTarget {
  static ended = 0;
  postMessage(): void {
    // Nothing is heard of it.
  }
  terminate(): void {
    BusyWorker.ended++;
  }
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('ends a worker that a file of activations keeps busy for ever, and names the file', async () => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', BusyWorker);
  const file = new File([new Uint8Array(1000)], 'acts.parquet');
  const opening = new OpenFiles('https://page.test/', () => false).openActivations(file);
  const heard = expect(opening).rejects.toMatchObject({
    code: 'jobs/file-stalled',
    message: expect.stringContaining('acts.parquet') as string,
  });
  await vi.advanceTimersByTimeAsync(readingSeconds([file]) * 1000 - 1);
  expect(BusyWorker.ended).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  await heard;
  expect(BusyWorker.ended).toBe(1);
});

it('gives large files longer', () => {
  const seconds = (size: number): number => readingSeconds([{ size }]);
  expect(seconds(0)).toBe(60);
  expect(seconds(10e9)).toBeGreaterThan(20 * 60);
});
