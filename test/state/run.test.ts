import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { UnitExplanation } from '../../src/engine/results/explanation.ts';
import type { LayerResults } from '../../src/engine/results/layer-results.ts';
import type { RunListener, RunRequest, Workbench } from '../../src/jobs/api.ts';
import { Run } from '../../src/state/run.svelte.ts';
import { fakeProbing } from '../ui/fake-data.ts';
import { FakeWorkbench } from '../ui/fake-workbench.ts';

const request: RunRequest = { activations: { kind: 'file' }, settings: defaultSettings, units: null, samples: null };
const explained = (unit: number, area: number): UnitExplanation =>
  ({ unit, area, state: 'silent', threshold: 0, firing: 0, best: null, byLength: [], beam: [], top: [] }) as never;

/** A workbench whose run does what a test tells it. */
function told(work: (listener: RunListener) => Promise<readonly LayerResults[]>): Workbench {
  const workbench = new FakeWorkbench();
  workbench.run = (_, listener) => ({ finished: work(listener), cancel: () => undefined });
  return workbench;
}

const areas = (run: Run, layer: string): (readonly [number, number, number])[] =>
  [...run.layer(layer).units].map(([unit, { explanation, share }]) => [unit, explanation.area, share]);

describe('Run', () => {
  it('keeps what it is told on the way, each sentence once and in its order, to its end', async () => {
    const run = new Run(request, fakeProbing, 'one', null);
    const sentences = [
      'It goes on where a run was broken off.',
      'WebAssembly, 2 threads.',
      'There is no more room to keep it.',
    ];
    await run.start(
      told(async (listener) => {
        for (const note of [...sentences.slice(0, 2), ...sentences]) {
          listener.onProgress({ stage: 'activations', done: 1, total: 2, secondsLeft: null, note });
        }
        listener.onProgress({ stage: 'saving', done: 1, total: 1, secondsLeft: null });
        return [];
      }),
      () => undefined,
    );
    expect([run.state, run.notes]).toEqual(['finished', sentences]);
  });

  it('keeps the units of each layer; a larger share takes the place of a smaller one, never the other way', async () => {
    const run = new Run(request, fakeProbing, ['one', 'two'], null);
    const seen: unknown[] = [];
    await run.start(
      told(async (listener) => {
        listener.onUnits({ layer: 'one', share: 0.25, units: [explained(4, 1), explained(2, 1)] });
        listener.onUnits({ layer: 'two', share: 0.25, units: [explained(4, 9)] });
        seen.push(run.layer('one').provisional, run.layer('one').share);
        listener.onUnits({ layer: 'one', share: 1, units: [explained(2, 3)] });
        listener.onUnits({ layer: 'one', share: 0.5, units: [explained(2, 2), explained(4, 2)] });
        seen.push(run.layer('one').provisional, run.layer('one').share);
        return [];
      }),
      () => undefined,
    );
    expect(seen).toEqual([2, 0.25, 1, 1]);
    expect(areas(run, 'one')).toEqual([
      [4, 2, 0.5],
      [2, 3, 1],
    ]);
    expect(areas(run, 'two')).toEqual([[4, 9, 0.25]]);
    expect(run.layer('unknown').name).toBe('one');
  });

  it('drops what is provisional when it is cancelled, and says what there was', async () => {
    const run = new Run(request, fakeProbing, ['one'], null);
    const results = await run.start(
      told(async (listener) => {
        listener.onUnits({ layer: 'one', share: 0.5, units: [explained(1, 1), explained(2, 1)] });
        listener.onUnits({ layer: 'one', share: 1, units: [explained(3, 1)] });
        throw new Fault('jobs/cancelled', 'The run was cancelled.');
      }),
      () => undefined,
    );
    expect(results).toBeNull();
    expect(run.state).toBe('cancelled');
    expect(run.dropped).toEqual({ units: 2, share: 1 });
    expect(areas(run, 'one')).toEqual([[3, 1, 1]]);
  });

  it('has the results of a layer as soon as they are made', async () => {
    const made = await new FakeWorkbench().results('kept');
    if (made === null) throw new Error('the made-up workbench keeps no results');
    const run = new Run(request, fakeProbing, ['features'], null);
    const told1: string[] = [];
    const results = await run.start(
      told(async (listener) => {
        listener.onResults?.(made);
        expect(run.layer('features').made).toBe(made);
        expect(run.state).toBe('running');
        return [made];
      }),
      ({ key }) => told1.push(key),
    );
    expect(results).toEqual([made]);
    expect(told1).toEqual(['kept']);
    expect(run.keys).toEqual(['kept']);
    expect(run.state).toBe('finished');
  });
});
