import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import type { KnownFile } from '../../src/jobs/api.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { Workspace } from '../../src/state/workspace.svelte.ts';
import { fakeFiles, fakeKept, fakeUnfinished, largeKept } from '../ui/fake-kept.ts';
import { FakeWorkbench } from '../ui/fake-workbench.ts';

function make() {
  const workbench = new FakeWorkbench({
    pace: 1,
    sets: [largeKept, fakeKept],
    unfinished: fakeUnfinished,
    files: fakeFiles,
  });
  return { workbench, kept: new Kept(workbench, new Workspace(workbench)) };
}

describe('Kept', () => {
  it('knows nothing until it has looked', async () => {
    const { kept } = make();
    expect([kept.probingSets, kept.unfinished.length]).toEqual([null, 0]);
    await kept.refresh();
    expect(kept.probingSets).toHaveLength(2);
    expect(kept.unfinished.map(({ id }) => id)).toEqual(['run-a', 'run-b']);
    expect(kept.room).toEqual({ used: 18_400_000, quota: 2_000_000_000 });
  });

  it('frees a model on one probing set, a whole set, and everything', async () => {
    const { kept } = make();
    await kept.refresh();
    const [{ source }] = largeKept.layers;
    expect(await kept.free({ probing: largeKept.contentHash, source })).toBe(true);
    expect(kept.probingSets?.map(({ layers }) => layers.length)).toEqual([1, 2]);
    await kept.free({ probing: largeKept.contentHash });
    expect(kept.probingSets?.map(({ title }) => title)).toEqual(['Scenes']);
    await kept.clear();
    expect([kept.probingSets, kept.unfinished, kept.files]).toEqual([[], [], []]);
  });

  it('says why something was not freed, and shows what is there still', async () => {
    const { kept, workbench } = make();
    workbench.free = () => Promise.reject(new Fault('jobs/in-use', 'A run needs it. Cancel the run first.'));
    expect(await kept.free({ probing: fakeKept.contentHash })).toBe(false);
    expect(kept.fault?.code).toBe('jobs/in-use');
    expect(kept.probingSets).toHaveLength(2);
    expect(kept.freeing).toBe(false);
  });

  it('forgets an unfinished run', async () => {
    const { kept } = make();
    await kept.forgetRun('run-a');
    expect(kept.unfinished.map(({ id }) => id)).toEqual(['run-b']);
  });

  it('lists a folder once that was several probing sets, the last used first, and forgets all of it', async () => {
    const [folder, model] = fakeFiles;
    const older: KnownFile = { ...folder, id: 'older', hash: 'older', usedAt: '2026-11-01T00:00:00Z' };
    const newer: KnownFile = { ...folder, id: 'newer', hash: 'newer', usedAt: '2026-11-23T00:00:00Z' };
    const workbench = new FakeWorkbench({ pace: 1, files: [older, model, newer] });
    const kept = new Kept(workbench, new Workspace(workbench));
    await kept.refreshWork();
    expect(kept.places.map(({ id }) => id)).toEqual(['newer', model.id]);
    await kept.forgetFile(kept.places[0]);
    expect(kept.files.map(({ id }) => id)).toEqual([model.id]);
  });

  it('has nothing to show in a browser that keeps nothing, and says so', async () => {
    const { kept, workbench } = make();
    const closed = () => Promise.reject(new Fault('storage/unavailable', 'This browser keeps nothing for this page.'));
    Object.assign(workbench, { kept: closed, unfinished: closed, knownFiles: closed, storage: closed });
    await kept.refresh();
    expect([kept.unfinished, kept.files, kept.room]).toEqual([[], [], null]);
    expect(kept.fault?.code).toBe('storage/unavailable');
  });
});
