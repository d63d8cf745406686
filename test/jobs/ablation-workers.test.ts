import { expose } from 'comlink';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AblationWorkers } from '../../src/jobs/ablation.ts';
import { jobFaults } from '../../src/jobs/errors.ts';
import { runtimeFaults } from '../../src/runtime/errors.ts';

let ended = 0;

/** A worker in this thread that switches units off by saying how many they are. */
function fakeWorker(): object {
  const { port1, port2 } = new MessageChannel();
  const tryOff = (units: readonly number[]): number => {
    if (units.length > 8) throw runtimeFaults['device-lost']('');
    return units.length;
  };
  expose({ tryOff }, port1 as never);
  port2.start();
  return Object.assign(port2, {
    terminate: () => {
      ended++;
      port1.close();
    },
  });
}

beforeEach(() => {
  ended = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('Worker', function Worker() {
    return fakeWorker();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('are let go of after ten minutes without a question, and started by none afterwards', async () => {
  const workers = new AblationWorkers();
  expect(await workers.call(60, 'tryOff', [1, 2])).toBe(2);
  await vi.advanceTimersByTimeAsync(599_000);
  expect(await workers.call(60, 'tryOff', [1])).toBe(1);
  await vi.advanceTimersByTimeAsync(599_999);
  expect(ended).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(ended).toBe(1);
  await expect(workers.call(60, 'tryOff', [1])).rejects.toMatchObject({
    code: 'jobs/ablation-closed',
    message: 'The activations were let go of after 10 minutes without a question. Load the activations again to go on.',
  });
});

it('say why they were ended first', async () => {
  const workers = new AblationWorkers();
  await workers.call(60, 'tryOff', []);
  workers.end(jobFaults['run-first']());
  workers.end(jobFaults.cancelled());
  await expect(workers.call(60, 'tryOff', [])).rejects.toMatchObject({ code: 'jobs/run-first' });
  expect(ended).toBe(1);
});

it('are let go of when the graphics processor is lost', async () => {
  const workers = new AblationWorkers();
  const many = Array.from({ length: 9 }, (_, unit) => unit);
  const lost = {
    code: 'jobs/ablation-closed',
    message: 'The graphics processor was lost, and the activations with it. Load the activations again to go on.',
  };
  await expect(workers.ask(60, 'tryOff', many)).rejects.toMatchObject(lost);
  await expect(workers.ask(60, 'tryOff', [1])).rejects.toMatchObject(lost);
  expect(ended).toBe(1);
});
