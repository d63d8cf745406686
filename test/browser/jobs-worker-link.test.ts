import { afterEach, beforeEach, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { jobFaults } from '../../src/jobs/errors.ts';
import { WorkerLink } from '../../src/jobs/worker-link.ts';
import type { FailingWorker } from './support/failing.worker.ts';

const spawn = (): Worker => new Worker(new URL('./support/failing.worker.ts', import.meta.url), { type: 'module' });

let link: WorkerLink<FailingWorker>;
beforeEach(() => (link = new WorkerLink<FailingWorker>(spawn, 'a test')));
afterEach(() => link.end(jobFaults.cancelled()));

it('answers', async () => {
  expect(link.alive).toBe(false);
  expect(await link.call('add', 2, 3)).toBe(5);
  expect(link.generation).toBe(1);
  expect(link.busy).toBe(false);
});

it('passes faults on with their code, and plain errors as they are', async () => {
  const fault = await link.call('fault').catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).toMatchObject({ code: 'test/reason', message: 'A sentence that came a long way.' });
  const error = await link.call('error').catch((thrown: unknown) => thrown);
  expect(error).not.toBeInstanceOf(Fault);
  expect(error).toMatchObject({ name: 'RangeError', message: 'A plain error.' });
});

it('rejects every call that waits when the worker dies, and starts a fresh one for the next', async () => {
  const waiting = [link.call('never'), link.call('die'), link.call('never')];
  for (const { status, ...rest } of await Promise.allSettled(waiting)) {
    expect(status).toBe('rejected');
    expect(rest).toMatchObject({ reason: { code: 'jobs/worker-died' } });
    expect(String((rest as PromiseRejectedResult).reason)).toContain('a failure outside of any call');
  }
  expect(link.alive).toBe(false);
  expect(await link.call('add', 2, 3)).toBe(5);
  expect(link.generation).toBe(2);
});

it('rejects calls when the worker cannot even be started', async () => {
  const nowhere = new WorkerLink<FailingWorker>(() => new Worker('/no-such-worker.js', { type: 'module' }), 'a test');
  await expect(nowhere.call('add', 1, 1)).rejects.toMatchObject({ code: 'jobs/worker-died' });
});

it('ends a worker that computes without end, at once', async () => {
  const spinning = link.call('spin');
  const started = performance.now();
  setTimeout(() => link.end(jobFaults.cancelled()), 50);
  await expect(spinning).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect(performance.now() - started).toBeLessThan(1000);
});

it('ends a worker that takes too long, and leaves one alone that does not', async () => {
  expect(await link.callWithin(20, 'add', 1, 1)).toBe(2);
  await expect(link.callWithin(0.2, 'spin')).rejects.toMatchObject({ code: 'jobs/stalled' });
  expect(link.alive).toBe(false);
});

it('says what it was told to say where a worker takes too long', async () => {
  const reading = new WorkerLink<FailingWorker>(spawn, 'a test', (seconds) =>
    jobFaults['file-stalled']('acts.parquet', seconds),
  );
  const stuck = reading.callWithin(0.2, 'spin');
  await expect(stuck).rejects.toMatchObject({ code: 'jobs/file-stalled' });
  await expect(stuck).rejects.toThrow(/0\.2 seconds while reading acts\.parquet/);
  expect(reading.alive).toBe(false);
});
