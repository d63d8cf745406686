import { describe, expect, it, vi } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { CellParts } from '../../src/jobs/cell-parts.ts';
import { lockRun, runsUnderWay } from '../../src/jobs/run-lock.ts';
import { MOST_STEP_BYTES, RunSteps, type StepSource } from '../../src/jobs/run-steps.ts';
import type { Step } from '../../src/storage/steps-store.ts';

const header = {
  ...{ id: 'r', probing: { title: 'A set', contentHash: 'p' }, source: { name: 'm.onnx', hash: 'm' } },
  ...{ layers: ['relu'], request: {}, total: 1000 },
};
const part = (bytes = 1): ArrayBuffer => new ArrayBuffer(bytes);

/** Steps of a run, with a clock and a storage that keeps them in memory. */
async function begin({ refuses, locked = true }: { refuses?: () => Error | null; locked?: boolean } = {}) {
  const kept = new Map<number, Step>();
  const said: string[] = [];
  const clock = { now: 0 };
  let how = '';
  const call = vi.fn(async (method: string, ...args: unknown[]): Promise<unknown> => {
    if (method === 'keepStep') {
      const refusal = refuses?.();
      if (refusal) throw refusal;
      const [{ how: made }, step] = args as [{ how: string }, Step];
      if (step.first === 0) kept.clear();
      how = made;
      kept.set(step.first, step);
    }
    if (method === 'forgetSteps')
      for (const first of kept.keys()) if (first >= Number(args[1] ?? 0)) kept.delete(first);
    if (method === 'step') return kept.get(Number(args[1])) ?? null;
    if (method === 'keptRun') {
      const done = [...kept.values()].reduce((sum, { count }) => sum + count, 0);
      return kept.size === 0 ? null : { ...header, how, done };
    }
    return null;
  });
  const release = vi.fn(async () => undefined);
  const open = (total = header.total): Promise<RunSteps> =>
    RunSteps.open({
      storage: { call: call as never },
      header: { ...header, total },
      lock: locked ? { release } : null,
      merge: async (parts) => part(parts.length),
      say: (sentence) => said.push(sentence),
      now: () => clock.now,
    });
  const steps = await open();
  return { steps, open, kept, said, clock, call, release };
}

const source = (layer: ArrayBufferLike | null = part(), cells: CellParts | null = null): StepSource => ({
  ...{ how: 'wasm', cells },
  layers: async () => [layer],
});
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

describe('steps', () => {
  it('are kept every few seconds of a long run, each behind the last', async () => {
    const { steps, kept, clock } = await begin();
    steps.begin(0);
    const due: number[] = [];
    for (let done = 10; done <= 100; done += 10) {
      clock.now += 1000;
      if (!steps.due(done)) continue;
      due.push(done);
      await steps.take(done, source());
      await settled();
    }
    expect(due).toEqual([40, 80]);
    expect([...kept.values()].map(({ first, count }) => [first, count])).toEqual([
      [0, 40],
      [40, 40],
    ]);
  });

  it('come closer to each other where keeping one takes long, so that no more than five seconds are lost', async () => {
    const { steps, clock, call } = await begin();
    const keep = call.getMockImplementation();
    call.mockImplementation(async (method, ...args) => {
      if (method === 'keepStep') clock.now += 2000;
      return keep?.(method, ...args);
    });
    steps.begin(0);
    clock.now = 3500;
    expect(steps.due(35)).toBe(true);
    await steps.take(35, source());
    await settled();
    // It took 2 of 3.5 seconds: 4.75 / (1 + 2 / 3.5) is about 3.02.
    clock.now = 3500 + 3000;
    expect(steps.due(65)).toBe(false);
    clock.now = 3500 + 3050;
    expect(steps.due(66)).toBe(true);
  });

  it('are not kept of a short run', async () => {
    const { steps, kept, clock } = await begin();
    steps.begin(0);
    clock.now = 4000;
    expect(steps.due(600)).toBe(false);
    expect(steps.due(400)).toBe(true);
    await steps.finish(1000, source());
    expect(kept.size).toBe(0);
  });

  it('hold what was read up to the end, if any is kept or the run was long', async () => {
    const { steps, kept, clock } = await begin();
    steps.begin(0);
    clock.now = 9000;
    await steps.finish(1000, source());
    await settled();
    expect(kept.get(0)).toMatchObject({ first: 0, count: 1000 });
  });

  it('wait for the one before', async () => {
    const { steps, clock } = await begin();
    let go: () => void = () => undefined;
    const slow = { ...source(), cells: new CellParts() };
    slow.cells.add(0, 10, part());
    slow.cells.between = () => [];
    const busy = new Promise<void>((resolve) => (go = resolve));
    steps.begin(0);
    clock.now = 5000;
    const layers = async () => {
      await busy;
      return [part()];
    };
    const taking = steps.take(10, { ...slow, layers });
    go();
    await taking;
    clock.now = 10_000;
    expect(steps.due(20)).toBe(false);
    await settled();
    expect(steps.due(20)).toBe(true);
  });

  it('hold the cells of their samples as one part, which the run goes on with', async () => {
    const { steps, kept } = await begin();
    const cells = new CellParts();
    for (let first = 0; first < 60; first += 10) cells.add(first, 10, part());
    steps.begin(0);
    await steps.take(40, source(part(), cells));
    await settled();
    expect(kept.get(0)?.cells?.byteLength).toBe(4);
    expect(cells.all().map(({ byteLength }) => byteLength)).toEqual([4, 1, 1]);
    expect(cells.done).toBe(60);
  });

  it('are given up for the rest of the run when there is no room, said once', async () => {
    const full = new Fault('storage/full', 'No room for the progress.');
    const { steps, said, clock, call } = await begin({ refuses: () => full });
    steps.begin(0);
    for (const done of [10, 20, 30]) {
      clock.now += 5000;
      if (steps.due(done)) await steps.take(done, source());
      await settled();
    }
    await steps.finish(1000, source());
    expect(said).toEqual([`${full.message} The run goes on in memory.`]);
    expect(call.mock.calls.filter(([method]) => method === 'keepStep')).toHaveLength(1);
  });

  it('are given up when they would be too large', async () => {
    const { steps, said, kept, clock } = await begin();
    steps.begin(0);
    clock.now = 5000;
    await steps.take(10, source({ byteLength: MOST_STEP_BYTES + 1 } as ArrayBuffer));
    await settled();
    expect(kept.size).toBe(0);
    expect(said).toEqual([expect.stringContaining('too large')]);
    clock.now = 10_000;
    expect(steps.due(20)).toBe(false);
  });

  it('harm no run whose worker does not give its parts', async () => {
    const { steps, said } = await begin();
    steps.begin(0);
    await steps.take(10, { ...source(), layers: () => Promise.reject(new Error('gone')) });
    expect(said).toEqual([expect.stringContaining('gone')]);
    expect(steps.due(20)).toBe(false);
  });
});

describe('going on', () => {
  async function brokenOff() {
    const begun = await begin();
    const { steps, clock } = begun;
    steps.begin(0);
    const cells = new CellParts();
    for (const done of [10, 20]) {
      cells.add(done - 10, 10, part());
      clock.now += 5000;
      await steps.take(done, source(part(done), cells));
      await settled();
    }
    await steps.brokenOff(true);
    return begun;
  }

  it('brings all steps back, and keeps further ones behind them', async () => {
    const { open, kept, said, clock, release } = await brokenOff();
    expect(release).toHaveBeenCalledOnce();
    const steps = await open();
    expect([steps.resumable, steps.how]).toEqual([true, 'wasm']);
    const cells = new CellParts();
    const added: number[] = [];
    const addLayers: (layers: readonly (ArrayBufferLike | null)[]) => Promise<void> = async ([layer]) =>
      void added.push(layer?.byteLength ?? 0);
    expect(await steps.restore({ how: 'wasm', cells, addLayers })).toBe(20);
    expect([added, cells.done]).toEqual([[10, 20], 20]);
    expect(said).toEqual([expect.stringContaining('20 of 1000')]);
    steps.begin(20);
    clock.now += 5000;
    expect(steps.due(30)).toBe(true);
    await steps.take(30, source());
    await settled();
    expect(kept.get(20)).toMatchObject({ first: 20, count: 10 });
    await steps.completed();
    expect(kept.size).toBe(0);
  });

  it('brings back cells only, where activations were made in another way, and begins anew', async () => {
    const { open, kept } = await brokenOff();
    const steps = await open();
    const cells = new CellParts();
    const addLayers = async () => expect.fail('added');
    expect(await steps.restore({ how: 'webgpu', cells, addLayers })).toBe(0);
    expect(cells.done).toBe(20);
    steps.begin(0);
    await steps.take(30, source(part(), cells));
    await settled();
    expect([...kept.keys()]).toEqual([0]);
  });

  it('goes on before a step that is gone, and forgets those behind it', async () => {
    const { open, kept } = await brokenOff();
    const second = kept.get(10);
    kept.delete(10);
    if (second) kept.set(11, second);
    const steps = await open();
    expect(await steps.restore({ how: 'wasm', cells: null, addLayers: async () => undefined })).toBe(10);
    expect([...kept.keys()]).toEqual([0]);
  });

  it('forgets steps that do not fit', async () => {
    const { open, kept } = await brokenOff();
    const steps = await open();
    const addLayers = () => Promise.reject(new RangeError('Another layer.'));
    await expect(steps.restore({ how: 'wasm', cells: null, addLayers })).rejects.toMatchObject({
      cause: new RangeError('Another layer.'),
    });
    expect(kept.size).toBe(0);
    expect(await steps.restore({ how: 'wasm', cells: null, addLayers })).toBe(0);
  });

  it('takes nothing of a run of more or fewer samples', async () => {
    const { open } = await brokenOff();
    expect((await open(999)).resumable).toBe(false);
  });

  it.each([
    [true, 0],
    [false, 1],
  ])('lists no run that was cancelled within five seconds: %s', async (cancelled, listed) => {
    const { steps, kept, clock } = await begin();
    steps.begin(0);
    clock.now = 4000;
    await steps.take(10, source());
    clock.now = 4900;
    await steps.brokenOff(cancelled);
    expect(kept.size).toBe(listed);
  });

  it('keeps and brings back nothing while another tab does the same run, and says so', async () => {
    const { steps, said, clock, call } = await begin({ locked: false });
    expect(said).toEqual([expect.stringContaining('another tab')]);
    steps.begin(0);
    clock.now = 10_000;
    expect([steps.resumable, steps.due(10)]).toEqual([false, false]);
    await steps.finish(1000, source());
    await steps.completed();
    expect(call).not.toHaveBeenCalled();
  });
});

it('locks a run until it is released', async () => {
  const held = new Set<string>();
  const request = async (name: string, _: unknown, work: (lock: unknown) => Promise<unknown>): Promise<unknown> => {
    if (held.has(name)) return work(null);
    held.add(name);
    return work({ name }).finally(() => held.delete(name));
  };
  const query = async () => ({ held: ['another', ...held].map((name) => ({ name })) });
  const locks = { request, query } as unknown as LockManager;
  const first = await lockRun('r', locks);
  expect(first).not.toBeNull();
  expect(await lockRun('r', locks)).toBeNull();
  expect(await lockRun('s', locks)).not.toBeNull();
  expect([...(await runsUnderWay(locks))]).toEqual(['r', 's']);
  await first?.release();
  expect(await lockRun('r', locks)).not.toBeNull();
});
