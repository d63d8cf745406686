import { expect, it, vi } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { startJob } from '../../src/jobs/start-job.ts';

const never = new Promise<never>(() => undefined);

it('gives the result of the work, and cannot be cancelled afterwards', async () => {
  const stop = vi.fn();
  const job = startJob(async () => 7, stop);
  expect(await job.finished).toBe(7);
  await job.settled;
  job.cancel();
  expect(stop).not.toHaveBeenCalled();
});

it('rejects at once when cancelled, even if the work does not listen', async () => {
  const stop = vi.fn();
  const job = startJob(() => never, stop);
  job.cancel();
  job.cancel();
  await expect(job.finished).rejects.toMatchObject({ code: 'jobs/cancelled' });
  expect(stop).toHaveBeenCalledOnce();
});

it('settles only when the work has ended', async () => {
  let end = (): void => undefined;
  const job = startJob(
    () => new Promise<void>((resolve) => (end = resolve)),
    () => undefined,
  );
  let settled = false;
  void job.settled.then(() => (settled = true));
  job.cancel();
  await expect(job.finished).rejects.toThrow();
  expect(settled).toBe(false);
  end();
  await job.settled;
  expect(settled).toBe(true);
});

it('passes faults on, turns other errors into faults, and stops what else goes on', async () => {
  const stop = vi.fn();
  const fault = new Fault('test/reason', 'A reason.');
  const faulty = startJob(async () => Promise.reject(fault), stop);
  await expect(faulty.finished).rejects.toBe(fault);
  await faulty.settled;
  expect(stop).toHaveBeenCalledExactlyOnceWith(fault);
  const broken = startJob(async () => Promise.reject(new TypeError('x is undefined')), stop);
  await expect(broken.finished).rejects.toMatchObject({
    code: 'jobs/unexpected',
    message: expect.stringContaining('x is undefined'),
  });
});

it('keeps a result that is there when only loose ends are cancelled', async () => {
  const job = startJob(
    async ({ signal, keep }) => {
      keep();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return 'whole';
    },
    () => undefined,
  );
  job.cancel();
  expect(await job.finished).toBe('whole');
});
