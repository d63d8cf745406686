import { describe, expect, it, vi } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import type { RunProgress } from '../../src/jobs/api.ts';
import { readThroughModel, type SampleReading } from '../../src/jobs/read-samples.ts';
import type { ModelRun } from '../../src/pipeline/runtime-service.ts';
import { presets } from '../../src/onnx/preprocess.ts';

const run: ModelRun = {
  ...{ layer: 'relu', height: 2, width: 2, preprocessing: presets.imagenet, sampleCount: 10, provider: 'auto' },
  threshold: { kind: 'quantile', quantile: 0.1 },
};
const where = (provider: string) => ({ provider, providerNote: `On ${provider}.`, runtimeVersion: '1' });

/** Workers that write down what they are asked, in order. */
function fakeReading(answer: (method: string, args: readonly unknown[]) => unknown = () => undefined) {
  const asked: string[] = [];
  const progress: RunProgress[] = [];
  const stop = new AbortController();
  let running = 0;
  const call = async (_: string | number, ...rest: unknown[]): Promise<unknown> => {
    const [method, ...args] = (typeof _ === 'number' ? rest : [_, ...rest]) as [string, ...unknown[]];
    asked.push(method === 'fill' || method === 'runBatch' ? `${method} ${args[0]}+${args[1]}` : method);
    const given = answer(method, args);
    if (method === 'runBatch') {
      expect(++running, 'batches at a time').toBe(1);
      await new Promise((resolve) => setTimeout(resolve));
      running--;
    }
    if (given instanceof Error) throw given;
    if (given !== undefined) return given;
    if (method === 'plan') return { spec: {}, pictures: 4, length: 48 };
    if (method === 'start') return where((args[0] as ModelRun).provider === 'auto' ? 'webgpu' : 'wasm');
    if (method === 'runBatch') return where('webgpu');
    return method;
  };
  const link = { call: (name: string, ...args: unknown[]) => call(name, ...args), callWithin: call, end: vi.fn() };
  const reading = {
    ...{ probing: link, runtime: link, sampleCount: 10, signal: stop.signal },
    onProgress: (step: RunProgress) => progress.push(step),
  } as unknown as SampleReading;
  return { reading, asked, progress, stop, link };
}

const noReopening = async (): Promise<void> => expect.fail('opened again');

describe('reading through a model', () => {
  it('reads ahead while batches run one after the other, in order', async () => {
    const { reading, asked, progress } = fakeReading();
    const read = await readThroughModel(reading, run, true, noReopening);
    expect(asked.filter((entry) => entry.startsWith('fill'))).toEqual(['fill 0+4', 'fill 4+4', 'fill 8+2']);
    expect(asked.filter((entry) => entry.startsWith('runBatch'))).toEqual([
      'runBatch 0+4',
      'runBatch 4+4',
      'runBatch 8+2',
    ]);
    expect(asked.indexOf('fill 4+4')).toBeLessThan(asked.indexOf('runBatch 4+4'));
    expect(read).toEqual({ layer: 'finish', cells: 'finishCells', where: where('webgpu') });
    expect(progress.at(-1)).toMatchObject({ stage: 'activations', done: 10, total: 10, note: 'On webgpu.' });
  });

  it('leaves the cells alone if they are there already', async () => {
    const { reading, asked } = fakeReading();
    expect((await readThroughModel(reading, run, false, noReopening)).cells).toBeNull();
    expect(asked).not.toContain('finishCells');
  });

  it('never writes into a batch that still waits to be run', async () => {
    const inUse = new Set<unknown>();
    const { reading } = fakeReading((method, args) => {
      if (method === 'fill') {
        expect(inUse.has(args[3])).toBe(false);
        inUse.add(args[3]);
      }
      if (method === 'runBatch') setTimeout(() => inUse.delete(args[2]));
      return undefined;
    });
    const long = { ...reading, sampleCount: 80 };
    await readThroughModel(long, { ...run, sampleCount: 80 }, false, noReopening);
  });

  it('starts again on WebAssembly, once, when the graphics processor is lost', async () => {
    const lost = new Fault('runtime/device-lost', 'The graphics processor was lost.');
    let runs = 0;
    const { reading, asked, progress, link } = fakeReading((method) =>
      method === 'runBatch' ? (++runs === 2 ? lost : where(runs > 2 ? 'wasm' : 'webgpu')) : undefined,
    );
    const reopen = vi.fn(async () => undefined);
    const read = await readThroughModel(reading, run, true, reopen);
    expect(link.end).toHaveBeenCalledExactlyOnceWith(lost);
    expect(reopen).toHaveBeenCalledOnce();
    expect(asked.filter((entry) => entry === 'start')).toHaveLength(2);
    expect(asked.filter((entry) => entry === 'runBatch 0+4')).toHaveLength(2);
    expect(read.where.provider).toBe('wasm');
    expect(read.where.providerNote).toContain('lost');
    expect(progress.some(({ note }) => note?.includes('This time on WebAssembly'))).toBe(true);
  });

  it('gives up when it is lost a second time, and on every other fault at once', async () => {
    const lost = new Fault('runtime/device-lost', 'The graphics processor was lost.');
    const twice = fakeReading((method) => (method === 'runBatch' ? lost : undefined));
    await expect(readThroughModel(twice.reading, run, true, async () => undefined)).rejects.toBe(lost);
    expect(twice.asked.filter((entry) => entry === 'start')).toHaveLength(2);
    const full = new Fault('runtime/out-of-memory', 'Too large.');
    const once = fakeReading((method) => (method === 'start' ? full : undefined));
    await expect(readThroughModel(once.reading, run, true, noReopening)).rejects.toBe(full);
  });

  it('stops between batches when told', async () => {
    const { reading, asked, stop } = fakeReading((method, args) => {
      if (method === 'fill' && args[0] === 4) stop.abort(new Fault('jobs/cancelled', 'Cancelled.'));
      return undefined;
    });
    await expect(readThroughModel(reading, run, true, noReopening)).rejects.toMatchObject({ code: 'jobs/cancelled' });
    expect(asked).not.toContain('fill 8+2');
  });
});
