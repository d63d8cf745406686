import { describe, expect, it, vi } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import type { RunProgress } from '../../src/jobs/api.ts';
import { EarlyLooks, type Look } from '../../src/jobs/early-looks.ts';
import { CellParts } from '../../src/jobs/cell-parts.ts';
import { RunSteps } from '../../src/jobs/run-steps.ts';
import type { SampleReading } from '../../src/jobs/sample-reading.ts';
import { readThroughModel } from '../../src/jobs/read-through-model.ts';
import type { Batch } from '../../src/pipeline/batches.ts';
import type { ModelRun } from '../../src/pipeline/model-run.ts';
import type { CellBuffers } from '../../src/pipeline/probing-service.ts';
import { presets } from '../../src/onnx/preprocess.ts';

const run: ModelRun = {
  ...{ layers: ['relu'], peaksOnly: [], tokenizer: null, provider: 'auto' },
  feed: { kind: 'pictures', height: 2, width: 2, preprocessing: presets.imagenet },
  ...{ sampleCount: 12, samples: 10 },
  threshold: { kind: 'quantile', quantile: 0.1 },
};
const where = (provider: string) => ({ provider, providerNote: `On ${provider}.`, runtimeVersion: '1' });

const partOf = ([first, count]: readonly unknown[]): ArrayBuffer =>
  Object.assign(new ArrayBuffer(1), { samples: `${first}+${count}` });

/** Steps that nobody keeps, since another tab does. */
const noSteps = await RunSteps.open({
  storage: { call: async () => expect.fail('asked the storage') },
  header: {
    ...{ id: 'r', probing: { title: '', contentHash: '' }, source: { name: '', hash: '' } },
    ...{ layers: [], request: {}, total: 10 },
  },
  ...{ lock: null, merge: async () => expect.fail('merged'), say: () => undefined },
});

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
    if (method === 'runBatch') return { where: given ?? where('webgpu'), values: valuesOf(args[2]) };
    if (given !== undefined) return given;
    if (method === 'plan') return { spec: {}, samples: 4, length: 48 };
    if (method === 'start') return where((args[0] as ModelRun).provider === 'auto' ? 'webgpu' : 'wasm');
    if (method === 'fill') return { values: args[3], pairs: null, part: args[4] === true ? partOf(args) : null };
    return method;
  };
  const link = { call: (name: string, ...args: unknown[]) => call(name, ...args), callWithin: call, end: vi.fn() };
  const reading = {
    ...{ probing: link, runtime: link, samples: 10, signal: stop.signal },
    ...{ readers: { start: () => [], end: () => undefined }, parts: new CellParts(), steps: noSteps },
    looks: new EarlyLooks({ cores: 2, wanted: false, seconds: 0, explain: async () => expect.fail('looked') }),
    onProgress: (step: RunProgress) => progress.push(step),
  } as unknown as SampleReading;
  return { reading, asked, progress, stop, link };
}

/** The values of a batch, or what is meant to become one. */
const valuesOf = (batch: unknown): Float32Array => (batch instanceof Float32Array ? batch : (batch as Batch).values);

const noReopening = async (): Promise<void> => expect.fail('opened again');

describe('reading through a model', () => {
  it('reads ahead while batches run one after the other, in order', async () => {
    const { reading, asked, progress } = fakeReading();
    const read = await readThroughModel(reading, run, null, noReopening);
    expect(asked.filter((entry) => entry.startsWith('fill'))).toEqual(['fill 0+4', 'fill 4+4', 'fill 8+2']);
    expect(asked.filter((entry) => entry.startsWith('runBatch'))).toEqual([
      'runBatch 0+4',
      'runBatch 4+4',
      'runBatch 8+2',
    ]);
    expect(asked.indexOf('fill 4+4')).toBeLessThan(asked.indexOf('runBatch 4+4'));
    expect(read).toMatchObject({ layers: 'finish', cells: 'finishCells', where: where('webgpu') });
    expect(progress.at(-1)).toMatchObject({ stage: 'activations', done: 10, total: 10, note: 'On webgpu.' });
  });

  it('leaves the cells alone if they are there already', async () => {
    const { reading, asked } = fakeReading();
    const found = {} as CellBuffers;
    expect((await readThroughModel(reading, run, found, noReopening)).cells).toBeNull();
    expect(asked).not.toContain('finishCells');
  });

  it('never writes into a batch that still waits to be run', async () => {
    const inUse = new Set<unknown>();
    const { reading } = fakeReading((method, args) => {
      const memory = (at: number): unknown => valuesOf(args[at]).buffer;
      if (method === 'fill') {
        expect(inUse.has(memory(3))).toBe(false);
        inUse.add(memory(3));
      }
      if (method === 'runBatch') setTimeout(() => inUse.delete(memory(2)));
      return undefined;
    });
    const long = { ...reading, samples: 80 };
    await readThroughModel(long, { ...run, sampleCount: 80, samples: 80 }, null, noReopening);
  });

  it('starts again on WebAssembly, once, when the graphics processor is lost', async () => {
    const lost = new Fault('runtime/device-lost', 'The graphics processor was lost.');
    let runs = 0;
    const { reading, asked, progress, link } = fakeReading((method) =>
      method === 'runBatch' ? (++runs === 2 ? lost : where(runs > 2 ? 'wasm' : 'webgpu')) : undefined,
    );
    const reopen = vi.fn(async () => undefined);
    const read = await readThroughModel(reading, run, null, reopen);
    expect(link.end).toHaveBeenCalledExactlyOnceWith(lost);
    expect(reopen).toHaveBeenCalledOnce();
    expect(asked.filter((entry) => entry === 'start')).toHaveLength(2);
    expect(asked.filter((entry) => entry === 'runBatch 0+4')).toHaveLength(2);
    expect(read.where.provider).toBe('wasm');
    expect(read.where.providerNote).toContain('lost');
    expect(progress.some(({ note }) => note?.includes('This time on WebAssembly'))).toBe(true);
  });

  it('tries once more in a fresh worker where onnxruntime could not be loaded', async () => {
    const absent = new Fault('runtime/no-runtime', 'It could not be loaded.');
    let starts = 0;
    const { reading, link } = fakeReading((method) => (method === 'start' && ++starts === 1 ? absent : undefined));
    const reopen = vi.fn(async () => undefined);
    await readThroughModel(reading, run, null, reopen);
    expect(link.end).toHaveBeenCalledExactlyOnceWith(absent);
    expect(reopen).toHaveBeenCalledOnce();
    expect(starts).toBe(2);
    const twice = fakeReading((method) => (method === 'start' ? absent : undefined));
    await expect(readThroughModel(twice.reading, run, null, async () => undefined)).rejects.toBe(absent);
  });

  it('gives up when it is lost a second time, and on every other fault at once', async () => {
    const lost = new Fault('runtime/device-lost', 'The graphics processor was lost.');
    const twice = fakeReading((method) => (method === 'runBatch' ? lost : undefined));
    await expect(readThroughModel(twice.reading, run, null, async () => undefined)).rejects.toBe(lost);
    expect(twice.asked.filter((entry) => entry === 'start')).toHaveLength(2);
    const full = new Fault('runtime/out-of-memory', 'Too large.');
    const once = fakeReading((method) => (method === 'start' ? full : undefined));
    await expect(readThroughModel(once.reading, run, null, noReopening)).rejects.toBe(full);
  });

  it('looks at exactly the samples that were run, between two batches, while reading goes on', async () => {
    let now = 0;
    const asked: string[] = [];
    const fake = fakeReading((method, args) => {
      if (method === 'fill') asked.push(`fill ${args[0]}`);
      if (method === 'runBatch') {
        now += 1000;
        asked.push(`run ${args[0]}`);
      }
      if (method === 'soFar') asked.push('soFar');
      if (method === 'cellsSoFar') {
        asked.push(`cells ${args[1]}`);
        expect(args[0]).toHaveLength(Number(args[1]) / 4);
      }
      return method === 'soFar' ? [{ unitCount: 2 }] : undefined;
    });
    const seen: Look[] = [];
    const looks = new EarlyLooks({
      ...{ cores: 8, wanted: true, seconds: 0.1, now: () => now },
      explain: async (look) => void seen.push(look),
    });
    await readThroughModel(
      { ...fake.reading, samples: 160, looks },
      { ...run, sampleCount: 160, samples: 160 },
      null,
      noReopening,
    );
    expect(seen.map(({ read }) => read)).toEqual([32, 40, 80]);
    for (const { read } of seen) {
      const at = asked.indexOf(`cells ${read}`);
      expect(asked.slice(0, at).filter((entry) => entry.startsWith('run'))).toHaveLength(read / 4);
    }
    expect(seen[0]).toEqual({ read: 32, layers: [{ unitCount: 2 }], cells: 'cellsSoFar' });
  });

  it('stops between batches when told', async () => {
    const { reading, asked, stop } = fakeReading((method, args) => {
      if (method === 'fill' && args[0] === 4) stop.abort(new Fault('jobs/cancelled', 'Cancelled.'));
      return undefined;
    });
    await expect(readThroughModel(reading, run, null, noReopening)).rejects.toMatchObject({ code: 'jobs/cancelled' });
    expect(asked).not.toContain('fill 8+2');
  });

  it('reads batches with several readers, and still runs them one after the other, in order', async () => {
    const { reading, asked, link } = fakeReading();
    const second = { ...link, call: link.call, callWithin: vi.fn(link.callWithin) };
    const readers = {
      start: () => [Promise.resolve(second)],
      end: () => undefined,
    } as unknown as SampleReading['readers'];
    const long = { ...reading, samples: 80, readers };
    await readThroughModel(long, { ...run, sampleCount: 80, samples: 80 }, null, noReopening);
    const starts = Array.from({ length: 20 }, (_, i) => `${4 * i}+4`);
    const seen = (method: string): string[] =>
      asked.filter((one) => one.startsWith(method)).map((one) => one.slice(method.length + 1));
    expect(seen('runBatch')).toEqual(starts);
    expect(seen('fill').toSorted()).toEqual(starts.toSorted());
    expect(second.callWithin.mock.calls.length).toBeGreaterThan(3);
  });

  describe('with steps of a run that was broken off', () => {
    /** Steps of four samples each, as a run on some provider kept them. */
    async function stepsOf(count: number, how: string, addLayers?: Error) {
      const said: string[] = [];
      const calls: string[] = [];
      const kept: Record<string, unknown>[] = [];
      const call = async (method: string, ...args: unknown[]): Promise<unknown> => {
        calls.push(method === 'step' || method === 'forgetSteps' ? `${method} ${args[1] ?? ''}` : method);
        if (method === 'keptRun') return { total: 10, done: 4 * count, how };
        const gone = calls.includes('forgetSteps ');
        const first = Number(args[1]);
        if (method === 'step' && !gone && first < 4 * count)
          return { first, count: 4, cells: new ArrayBuffer(1), layers: [new ArrayBuffer(first)] };
        if (method === 'keepStep') kept.push(args[1] as Record<string, unknown>);
        return null;
      };
      const steps = await RunSteps.open({
        storage: { call: call as never },
        header: {
          ...{ id: 'r', probing: { title: '', contentHash: '' }, source: { name: '', hash: '' } },
          ...{ layers: ['relu'], request: {}, total: 10 },
        },
        lock: { release: async () => undefined },
        merge: async ([part]) => part,
        say: (sentence) => said.push(sentence),
      });
      const added: unknown[] = [];
      const fake = fakeReading((method, args) => {
        if (method === 'addParts' && addLayers) return addLayers;
        if (method === 'addParts') added.push((args[0] as ArrayBuffer[][]).map(([part]) => part.byteLength));
        return undefined;
      });
      return { ...fake, reading: { ...fake.reading, steps, parts: new CellParts() }, said, calls, added };
    }
    const filled = (asked: readonly string[]): string[] => asked.filter((one) => one.startsWith('fill'));

    it('shows the model only the samples that are missing', async () => {
      const { reading, asked, added, said } = await stepsOf(2, 'webgpu');
      const read = await readThroughModel(reading, run, null, noReopening);
      expect(filled(asked)).toEqual(['fill 8+2']);
      expect(added).toEqual([[0], [4]]);
      expect(asked.indexOf('addParts')).toBeLessThan(asked.indexOf('runBatch 8+2'));
      expect(reading.parts.all()).toHaveLength(3);
      expect(said.join()).toContain('8 of 10 samples');
      expect(read.pace?.aPicture).toBeGreaterThan(0);
    });

    it('runs nothing where all was read', async () => {
      const { reading, asked } = await stepsOf(3, 'webgpu');
      const whole = { ...reading, samples: 12 };
      const read = await readThroughModel(whole, { ...run, samples: 12 }, null, noReopening);
      expect(filled(asked)).toEqual([]);
      expect(asked).toContain('finish');
      expect(read.pace).toBeNull();
    });

    it('begins anew where the model ran elsewhere, but reads no label twice', async () => {
      const { reading, asked, added } = await stepsOf(1, 'wasm');
      const labelled: string[] = [];
      const { probing } = reading;
      const callWithin = (seconds: number, name: string, ...args: unknown[]) => {
        if (name === 'fill' && args[4] === true) labelled.push(`${args[0]}+${args[1]}`);
        return (probing.callWithin as (...all: unknown[]) => unknown)(seconds, name, ...args);
      };
      await readThroughModel(
        { ...reading, probing: { ...probing, callWithin } as typeof probing },
        run,
        null,
        noReopening,
      );
      expect(added).toEqual([]);
      expect(filled(asked)).toEqual(['fill 0+4', 'fill 4+4', 'fill 8+2']);
      expect(labelled).toEqual(['4+4', '8+2']);
    });

    it('begins anew where the first batch moves the model', async () => {
      const { reading, asked } = await stepsOf(1, 'webgpu');
      const { runtime } = reading;
      const callWithin = async (seconds: number, name: string, ...args: unknown[]) => {
        const given = await (runtime.callWithin as (...all: unknown[]) => Promise<unknown>)(seconds, name, ...args);
        return name === 'runBatch' ? { ...(given as object), where: where('wasm') } : given;
      };
      const moved = { ...reading, runtime: { ...runtime, callWithin } as typeof runtime };
      const read = await readThroughModel(moved, run, null, noReopening);
      expect(asked.filter((one) => one === 'start')).toHaveLength(2);
      expect(asked.filter((one) => one.startsWith('runBatch'))).toEqual([
        ...['runBatch 4+4', 'runBatch 0+4', 'runBatch 4+4', 'runBatch 8+2'],
      ]);
      expect(read.where.provider).toBe('wasm');
    });

    it('begins anew, with nothing kept, where steps do not fit', async () => {
      const { reading, asked, calls } = await stepsOf(2, 'webgpu', new RangeError('Another layer.'));
      await readThroughModel(reading, run, null, noReopening);
      expect(calls).toContain('forgetSteps ');
      expect(asked.filter((one) => one === 'start')).toHaveLength(2);
      expect(asked.filter((one) => one.startsWith('runBatch'))).toHaveLength(3);
    });
  });
});
