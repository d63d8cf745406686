import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { CellParts } from '../../src/jobs/cell-parts.ts';
import { ProbingReaders } from '../../src/jobs/probing-readers.ts';
import type { RunProgress } from '../../src/jobs/api.ts';
import { readLabels } from '../../src/jobs/read-labels.ts';
import { readCells } from '../../src/jobs/read-samples.ts';
import type { StepTarget } from '../../src/jobs/run-steps.ts';
import type { SampleReading } from '../../src/jobs/sample-reading.ts';
import type { ProbingWorker } from '../../workers/probing.worker.ts';
import type { WorkerLink } from '../../src/jobs/worker-link.ts';

type Link = WorkerLink<ProbingWorker>;
const part = (): ArrayBuffer => new ArrayBuffer(1);

describe('parts of cells', () => {
  it('know what first part of the samples they cover, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7]), (lots) => {
        const parts = new CellParts();
        for (const lot of lots) parts.add(10 * lot, 10, part());
        const first = [0, 1, 2, 3, 4, 5, 6, 7, 8].find((lot) => !lots.includes(lot)) ?? 0;
        expect(parts.done).toBe(10 * first);
        expect(parts.all()).toHaveLength(lots.length);
        expect(parts.between(0, parts.done)).toHaveLength(first);
      }),
    );
  });

  it('become one in between, without the others', () => {
    const parts = new CellParts();
    const lots = [0, 1, 2, 3].map(part);
    for (const [i, lot] of lots.entries()) parts.add(5 * i, 5, lot);
    const merged = part();
    parts.replace(5, 15, merged);
    expect(parts.all()).toEqual([lots[0], merged, lots[3]]);
    expect(parts.all()[1]).toBe(merged);
    expect([parts.done, parts.between(5, 15).length, parts.between(5, 14).length]).toEqual([20, 1, 0]);
  });
});

/** A reader that takes some ticks for a lot, and fails at one if told. */
function reader(read: number[], ticks = 1, failsAt = Infinity): Link {
  const callWithin = async (_: number, method: string, first: number, count: number): Promise<ArrayBuffer> => {
    expect(method).toBe('readPart');
    for (let i = 0; i < ticks; i++) await new Promise((resolve) => setTimeout(resolve));
    if (first + count > failsAt) throw new Fault('jobs/worker-died', 'It died.');
    for (let i = 0; i < count; i++) read.push(first + i);
    return part();
  };
  return { callWithin } as unknown as Link;
}

describe('reading labels', () => {
  const work = (probing: Link, others: readonly Promise<Link | null>[], samples: number) => {
    const stop = new AbortController();
    const readers = { start: () => others, end: () => undefined } as SampleReading['readers'];
    return { work: { probing, readers, samples, signal: stop.signal }, stop };
  };
  const all = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

  it('is shared by several readers, every sample once', async () => {
    const [mine, theirs]: number[][] = [[], []];
    const { work: asked } = work(reader(mine, 2), [Promise.resolve(reader(theirs))], 300);
    const parts = new CellParts();
    await readLabels(asked, parts).until(300);
    expect([...mine, ...theirs].sort((a, b) => a - b)).toEqual(all(300));
    expect(theirs.length).toBeGreaterThan(mine.length);
  });

  it('goes on behind what is there, and does not wait for a reader that is still being opened', async () => {
    const read: number[] = [];
    const { work: asked } = work(reader(read), [new Promise(() => undefined), Promise.resolve(null)], 50);
    const parts = new CellParts();
    parts.add(0, 20, part());
    await readLabels(asked, parts).until(50);
    expect(read).toEqual(all(50).slice(20));
  });

  it('fails with the first reader that dies', async () => {
    const { work: asked } = work(reader([], 3), [Promise.resolve(reader([], 1, 100))], 1000);
    await expect(readLabels(asked, new CellParts()).until(1000)).rejects.toMatchObject({ code: 'jobs/worker-died' });
  });

  it('stops at the next lot when told', async () => {
    const read: number[] = [];
    const { work: asked, stop } = work(reader(read), [], 1000);
    const labels = readLabels(asked, new CellParts());
    await labels.until(16);
    stop.abort(new Fault('jobs/cancelled', 'Cancelled.'));
    await expect(labels.until(1000)).rejects.toMatchObject({ code: 'jobs/cancelled' });
    expect(read.length).toBeLessThan(100);
  });
});

describe('further readers', () => {
  const readers = (cores: number, opening = 1): ProbingReaders =>
    new ProbingReaders(
      () => expect.fail('spawned'),
      async () => undefined,
      cores,
      opening,
    );

  it.each([
    [1, 1000, false, 0],
    [2, 1000, false, 1],
    [4, 1000, false, 3],
    [16, 1000, false, 3],
    [2, 499, false, 0],
    [2, 1000, true, 0],
    [4, 1000, true, 0],
    [8, 1000, true, 1],
  ])('on %i cores for %i samples, beside a model: %s: %i', (cores, samples, besideModel, further) => {
    const work = { samples, besideModel };
    expect(readers(cores).further(work)).toBe(further);
    expect(readers(cores, 6).further(work)).toBe(0);
    expect(readers(cores).speedup(work)).toBeCloseTo(1 + 0.85 * further);
  });

  it('are opened from the same source, and ended together; one that cannot be opened is left out', async () => {
    const ended: unknown[] = [];
    let spawned = 0;
    const spawn = (): Link => ({ id: spawned++, end: (fault: Fault) => ended.push(fault.code) }) as unknown as Link;
    const open = async (link: Link): Promise<void> => {
      if ((link as unknown as { id: number }).id === 1) throw new Error('no memory');
    };
    const some = new ProbingReaders(spawn, open, 4, 1);
    const links = await Promise.all(some.start({ samples: 1000, besideModel: false }));
    expect(links.map((link) => link !== null)).toEqual([true, false, true]);
    some.end(new Fault('jobs/cancelled', 'Cancelled.'));
    some.end(new Fault('jobs/cancelled', 'Cancelled.'));
    expect(ended).toEqual(['jobs/cancelled', 'jobs/cancelled', 'jobs/cancelled']);
  });
});

it('reads cells behind what was kept of them, keeps steps on the way, and joins all parts', async () => {
  const read: number[] = [];
  const parts = new CellParts();
  const taken: number[] = [];
  const finished: unknown[] = [];
  const steps = {
    restore: async ({ how, cells }: StepTarget) => {
      expect([how, cells]).toEqual(['', parts]);
      parts.add(0, 32, part());
      return 32;
    },
    begin: (from: number) => expect(from).toBe(32),
    due: (done: number) => done === 64,
    take: async (done: number) => void taken.push(done),
    finish: async (done: number) => void taken.push(done),
  };
  const call = async (...asked: unknown[]): Promise<string> => {
    finished.push(asked);
    return 'cells';
  };
  const progress: number[] = [];
  const reading = {
    ...{
      probing: { ...reader(read), call },
      readers: { start: () => [], end: () => undefined },
      samples: 100,
      parts,
      steps,
    },
    ...{ signal: new AbortController().signal, onProgress: ({ done }: RunProgress) => progress.push(done) },
  } as unknown as SampleReading;
  expect(await readCells(reading)).toBe('cells');
  expect(read).toEqual(Array.from({ length: 68 }, (_, i) => 32 + i));
  expect(taken).toEqual([64, 100]);
  expect(progress).toEqual([32, 48, 64, 80, 96, 100]);
  expect(finished).toEqual([['finishCells', parts.all(), 100]]);
});
