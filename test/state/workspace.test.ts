import { describe, expect, it } from 'vitest';
import { Fault } from '../../src/engine/fault.ts';
import { Address } from '../../src/state/address.svelte.ts';
import { defaultPageSettings } from '../../src/state/defaults.ts';
import { layerProblem, neededFiles } from '../../src/state/lacking.ts';
import { UnitTable } from '../../src/state/unit-table.svelte.ts';
import { Workspace } from '../../src/state/workspace.svelte.ts';
import { noWhich, whichOf, whichOfRecent } from '../../src/state/which.ts';
import type { Which } from '../../src/state/which.ts';
import { largeProbing } from '../ui/fake-kept.ts';
import { FakeWorkbench } from '../ui/fake-workbench.ts';

const file = (name: string, bytes = 200): { path: string; file: File } => ({
  path: name,
  file: new File([new Uint8Array(bytes)], name),
});

async function opened(pace = 1): Promise<Workspace> {
  const workspace = new Workspace(new FakeWorkbench({ pace, unitCount: 32 }));
  await workspace.take([file('net.onnx'), file('set.zip')]);
  return workspace;
}

describe('Workspace', () => {
  it("opens a drop's model and probing set, with the model's own suggestions", async () => {
    const workspace = await opened();
    expect(workspace.model.value?.name).toBe('scenes.onnx');
    expect(workspace.input.layers).toEqual(['features']);
    expect(workspace.input.pictures?.height).toBe(112);
    expect(workspace.missing).toEqual({});
  });

  it('says what is missing on the card it belongs to', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1 }));
    expect(Object.keys(workspace.missing)).toEqual(['model', 'probing']);
    await workspace.take([file('net.onnx')]);
    expect(Object.keys(workspace.missing)).toEqual(['probing']);
  });

  it('keeps what is open when a later drop cannot be read', async () => {
    const workspace = await opened();
    const { value } = workspace.probing;
    await workspace.take([file('broken.zip', 3)]);
    expect(workspace.probing.fault?.code).toBe('probing/broken-zip');
    expect(workspace.probing.value).toBe(value);
    expect(workspace.model.value?.name).toBe('scenes.onnx');
    await workspace.take([file('set.zip')]);
    expect(workspace.probing.fault).toBeNull();
  });

  it('opens the probing set again to read something else of it, and keeps it where that fails', async () => {
    const workbench = new FakeWorkbench({ pace: 5, unitCount: 32, probing: largeProbing });
    const workspace = new Workspace(workbench);
    await workspace.take([file('net.onnx'), file('set.zip')]);
    const choosing = workspace.chooseProbing({ categories: ['object'], splits: ['validation'] });
    expect(workspace.probingWanted).toEqual({ categories: ['object'], splits: ['validation'] });
    expect([await choosing, workspace.probingWanted]).toEqual([true, null]);
    expect(workspace.probing.value?.sampleCount).toBe(2000);
    expect(workspace.model.value?.name).toBe('scenes.onnx');
    workbench.openProbing = () => Promise.reject(new Fault('probing/no-samples', 'No sample is left.'));
    expect(await workspace.chooseProbing({ categories: ['scene'] })).toBe(false);
    expect(workspace.probing.fault?.code).toBe('probing/no-samples');
    expect(workspace.probing.value?.sampleCount).toBe(2000);
    expect(workspace.probingWanted).toBeNull();
    expect(workspace.probingSource).toMatchObject({ kind: 'zip', options: { splits: ['validation'] } });
  });

  it('does not choose of a sample', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1 }));
    await workspace.openSample('scenes');
    expect(await workspace.chooseProbing({ categories: [] })).toBe(false);
    expect(workspace.probing.value?.title).toBe('Scenes');
  });

  it('remembers the handles of what it opened, by what it was', async () => {
    const workbench = new FakeWorkbench({ pace: 1 });
    const workspace = new Workspace(workbench);
    const handle = (kind: string, name: string) => ({ kind, name }) as unknown as FileSystemHandle;
    await workspace.take([file('data/set/index.csv'), file('net.onnx'), file('broken.npy')], {
      handles: [handle('directory', 'data'), handle('file', 'net.onnx'), handle('file', 'notes.txt')],
    });
    const known = await workbench.knownFiles();
    expect(known.map(({ role, name, kind }) => `${role} ${name} ${kind}`).sort()).toEqual([
      'model net.onnx file',
      'probing data folder',
    ]);
  });

  it('takes activations in place of a model, and goes back to it', async () => {
    const workspace = await opened();
    await workspace.take([file('acts.npy')]);
    expect(workspace.activations.value?.unitCount).toBe(64);
    expect(workspace.missing).toEqual({});
    workspace.activations.clear();
    expect(workspace.model.value?.name).toBe('scenes.onnx');
  });

  it('streams units in the order they are finished, and sorts them at the end', async () => {
    const workspace = await opened(5);
    const table = new UnitTable(workspace, new Address());
    const running = workspace.start();
    await expect.poll(() => table.rows.length, { interval: 2 }).toBeGreaterThan(8);
    expect(table.streaming).toBe(true);
    expect(table.shown.map(({ unit }) => unit)).toEqual(table.shown.map((_, index) => index));
    const made = await running;
    expect(workspace.results).toBe(made?.[0]);
    expect(table.streaming).toBe(false);
    const ious = table.shown.map(({ iou }) => iou);
    expect(ious).toEqual([...ious].sort((one, other) => other - one));
    expect(ious).toHaveLength(32);
  });

  it('keeps the final units explained before a cancel', async () => {
    const workspace = await opened(5);
    const running = workspace.start();
    const final = (): number =>
      (workspace.run?.layers[0].units.size ?? 0) - (workspace.run?.layers[0].provisional ?? 0);
    await expect.poll(final, { interval: 2 }).toBeGreaterThan(0);
    workspace.run?.cancel();
    expect(await running).toBeNull();
    expect(workspace.run?.state).toBe('cancelled');
    expect(final()).toBeGreaterThan(0);
    expect(workspace.results).toBeNull();
    expect(workspace.finding).toBe('shown');
  });

  it('asks for several layers in one run, in the order of the model, and keeps results of each', async () => {
    const workspace = await opened();
    workspace.input.toggle('block0/conv');
    expect(workspace.input.layers).toEqual(['block0/conv', 'features']);
    const made = await workspace.start({ ...defaultPageSettings, samples: 100, units: [2, 5] });
    expect(made?.map(({ activations }) => activations.kind === 'model' && activations.layer)).toEqual([
      'block0/conv',
      'features',
    ]);
    expect(made?.map(({ samplesRead, unitRange }) => [samplesRead, unitRange])).toEqual([
      [100, [2, 5]],
      [100, [2, 5]],
    ]);
    expect(workspace.recent.map(({ layer }) => layer)).toContain('block0/conv');
  });

  it('forgets kept results, and says so in the list', async () => {
    const workspace = await opened();
    await workspace.refreshRecent();
    expect(workspace.recent).toHaveLength(1);
    await workspace.forget('kept');
    expect(workspace.recent).toEqual([]);
    expect(await workspace.load('kept')).toBeNull();
  });
});

describe('an address', () => {
  const keptAt = async (): Promise<Which> => {
    const results = await new FakeWorkbench({ unitCount: 32 }).results('kept');
    if (!results) throw new Error('the fake has kept results');
    return whichOf(results);
  };

  it('finds the kept results it is about, by hashes and settings, whatever the files are named', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1, unitCount: 32 }));
    const which = await keptAt();
    await workspace.find({ ...which, file: 'renamed.onnx', set: 'another title' });
    expect(workspace.results?.key).toBe('kept');
    expect(workspace.finding).toBe('shown');
    expect(workspace.which).toEqual(which);
  });

  it.each([
    ['model', { model: '0123456789abcdef' }],
    ['probing set', { probing: '0123456789abcdef' }],
    ['layer', { layer: 'block0/conv' }],
    ['settings', { asked: 'length-5' }],
    ['units', { asked: 'units-0.3' }],
    ['number of samples', { asked: 'samples-7' }],
    ['preprocessing', { asked: 'preset-caffe_input-112.112' }],
    ['input size', { asked: 'preset-zero-to-one' }],
  ])('of another %s finds nothing, and then nothing is shown', async (_, change) => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1, unitCount: 32 }));
    const which = await keptAt();
    await workspace.find(which);
    await workspace.find({ ...which, ...change });
    expect(workspace.finding).toBe('missing');
    expect(workspace.results).toBeNull();
  });

  it('finds the newest of several, and those of all samples before those of some', async () => {
    const base = await new FakeWorkbench({ unitCount: 32 }).results('kept');
    if (!base) throw new Error('the fake has kept results');
    const results = [
      { ...base, key: 'new', madeAt: '2026-12-01T00:00:00Z' },
      { ...base, key: 'old', madeAt: '2026-10-01T00:00:00Z' },
      { ...base, key: 'some', madeAt: '2026-12-09T00:00:00Z', samplesRead: 100 },
    ];
    const workspace = new Workspace(new FakeWorkbench({ kept: false, results }));
    await workspace.find(whichOf(base));
    expect(workspace.results?.key).toBe('new');
    await workspace.find(whichOf(results[2]));
    expect(workspace.results?.key).toBe('some');
  });

  it('of the list of kept results finds the entry it stands for', async () => {
    const workbench = new FakeWorkbench({ pace: 1, unitCount: 32 });
    const workspace = new Workspace(workbench);
    const [recent] = await workbench.recent();
    await workspace.find(whichOfRecent(recent));
    expect(workspace.results?.key).toBe('kept');
  });

  it('finds the run under way, and its results when they are made', async () => {
    const workspace = await opened(5);
    const running = workspace.start();
    const which = workspace.which;
    expect(which).toMatchObject({ layer: 'features', file: 'scenes.onnx' });
    await workspace.find({ ...which, asked: 'length-9' });
    expect(workspace.finding).toBe('missing');
    await workspace.find(which);
    expect([workspace.finding, workspace.results]).toEqual(['shown', null]);
    const made = await running;
    expect(workspace.results).toBe(made?.[0]);
    expect(workspace.which).toEqual(which);
  });

  it('about nothing in particular leads to what is shown, and to nothing where nothing was', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1, unitCount: 32 }));
    await workspace.find(noWhich);
    expect(workspace.finding).toBe('nothing');
    await workspace.find(await keptAt());
    await workspace.find(noWhich);
    expect(workspace.results?.key).toBe('kept');
  });

  it('of results that are not kept says which files to open, and a run with them makes just these results', async () => {
    const workbench = new FakeWorkbench({ pace: 1, unitCount: 32, kept: false });
    const workspace = new Workspace(workbench);
    const which: Which = { ...(await keptAt()), layer: 'block2/conv', asked: 'length-5_preset-caffe_input-112.112' };
    await workspace.find(which);
    expect(workspace.finding).toBe('missing');
    const states = (): readonly string[] =>
      neededFiles(which, {
        model: workspace.model.value,
        activations: workspace.activations.value,
        probing: workspace.probing.value,
      }).map(({ kind, name, state }) => `${kind} ${name} ${state}`);
    expect(states()).toEqual(['model scenes.onnx absent', 'probing Scenes absent']);
    await workspace.take([file('other.onnx', 1), file('set.zip')]);
    expect(states()).toEqual(['model scenes.onnx wrong', 'probing Scenes right']);
    await workspace.take([file('net.onnx')]);
    expect(states()).toEqual(['model scenes.onnx right', 'probing Scenes right']);
    expect(layerProblem(which, workspace.model.value)).toBe('');
    await workspace.start(workspace.prepareFor(which));
    expect(workspace.which).toEqual(which);
    expect(workbench.runs[0]).toMatchObject({ activations: { layers: ['block2/conv'] }, settings: { length: 5 } });
  });

  it('of a layer the model does not have says so', async () => {
    const workspace = await opened();
    const which = { ...(await keptAt()), layer: 'nowhere' };
    expect(layerProblem(which, workspace.model.value)).toContain('has no layer nowhere');
  });

  it('of a file of activations asks for that file', async () => {
    const which: Which = { ...(await keptAt()), file: 'acts.npy', layer: 'acts.npy', model: 'feedfeedfeedfeed' };
    const workspace = await opened();
    const open = { model: workspace.model.value, activations: null, probing: workspace.probing.value };
    expect(neededFiles(which, open).map(({ kind, state }) => [kind, state])).toEqual([
      ['activations', 'absent'],
      ['probing', 'right'],
    ]);
  });
});

describe('a cell table', () => {
  it('takes the place of model and probing set, and runs with its own threshold', async () => {
    const workbench = new FakeWorkbench({ pace: 1, unitCount: 32 });
    const workspace = new Workspace(workbench);
    await workspace.take([file('cells.parquet')]);
    expect([workspace.cells.value?.name, workspace.activations.value]).toEqual(['cells.parquet', null]);
    expect(workspace.missing).toEqual({});
    await workspace.start({ ...defaultPageSettings, length: 5, samples: 7 });
    const threshold = { kind: 'quantile', quantile: 0.01 };
    expect(workbench.runs).toMatchObject([
      { activations: { kind: 'cells' }, samples: null, settings: { length: 5, threshold } },
    ]);
    expect(workspace.run?.probing).toMatchObject({ format: 'cells' });
  });

  it('gives way to a model that is opened after it', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1 }));
    await workspace.take([file('cells.arrow')]);
    await workspace.take([file('net.onnx')]);
    expect([workspace.cells.value, workspace.model.value?.name]).toEqual([null, 'scenes.onnx']);
  });

  it('is what an address needs whose model and probing set are the same file', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1 }));
    const hash = 'ce11ce11ce11ce11';
    const which: Which = { ...noWhich, model: hash, probing: hash, file: 'a.arrow', layer: 'a.arrow' };
    const state = () => {
      const open = { model: null, activations: null, probing: null, cells: workspace.cells.value };
      return neededFiles(which, open).map((one) => [one.kind, one.state]);
    };
    expect(state()).toEqual([['cells', 'absent']]);
    await workspace.take([file('cells.arrow')]);
    expect(state()).toEqual([['cells', 'right']]);
  });

  it('is not what a Parquet file with other columns holds: that is opened as activations', async () => {
    const workspace = new Workspace(new FakeWorkbench({ pace: 1 }));
    await workspace.take([file('acts.parquet'), file('more.parquet')]);
    expect([workspace.cells.value, workspace.cells.fault]).toEqual([null, null]);
    expect(workspace.activations.value?.name).toBe('acts.parquet');
    expect(workspace.aside).toEqual(['more.parquet was left aside: only one file of activations is read at a time.']);
  });
});

describe('a workspace file', () => {
  it('opens with its results and its view, and leaves open what was open', async () => {
    const source = new FakeWorkbench({ unitCount: 32 });
    const blob = await source.saveWorkspace({ keys: ['kept'], withActivations: true, view: '#page=unit&unit=3' });
    const workspace = new Workspace(new FakeWorkbench({ pace: 1, kept: false }));
    const { view } = await workspace.take([{ path: 'w.formulens', file: new File([blob], 'w.formulens') }]);
    expect(view).toBe('#page=unit&unit=3');
    expect(workspace.recent).toHaveLength(1);
    await workspace.take([{ path: 'bad.formulens', file: new File(['x'], 'bad.formulens') }]);
    expect(workspace.workspaceFile.fault?.code).toBe('jobs/not-a-workspace');
    expect(workspace.recent).toHaveLength(1);
  });
});

describe('the estimate', () => {
  it('is that of the newest choices, and none while nothing can run', async () => {
    const workbench = new FakeWorkbench({ pace: 5 });
    const workspace = new Workspace(workbench);
    await workspace.take([file('net.onnx'), file('set.zip')]);
    const ask = (samples: number): void =>
      workspace.estimate.ask(workspace.request({ ...defaultPageSettings, samples }), workspace.files);
    for (const samples of [100, 200, 300]) ask(samples);
    expect(workspace.estimate.pending).toBe(true);
    await expect.poll(() => workspace.estimate.pending, { interval: 2 }).toBe(false);
    expect(workspace.estimate.value?.storageBytes).toBe(300 * 42_000);
    expect(workbench.estimates.map(({ samples }) => samples)).toEqual([100, 300]);
    workspace.estimate.ask(null, workspace.files);
    expect(workspace.estimate.value).toBeNull();
  });
});

describe('UnitTable', () => {
  it('moves its cursor within the shown rows, and knows the neighbours in their order', async () => {
    const workspace = await opened();
    const kept = await workspace.load('kept');
    if (kept) workspace.show(kept);
    const address = new Address();
    const table = new UnitTable(workspace, address);
    const order = table.shown.map(({ unit }) => unit);
    table.move(1);
    expect(table.cursor).toBe(order[0]);
    table.move(2);
    expect(table.cursor).toBe(order[2]);
    table.move(-9);
    expect(table.cursor).toBe(order[0]);
    expect(table.neighbor(order[0], -1)).toBeUndefined();
    expect(table.neighbor(order[0], 1)).toBe(order[1]);
  });
});
