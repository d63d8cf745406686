import { describe, expect, it } from 'vitest';
import { Address } from '../../src/state/address.svelte.ts';
import { UnitTable } from '../../src/state/unit-table.svelte.ts';
import { Workspace } from '../../src/state/workspace.svelte.ts';
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
    expect(workspace.input.layer).toBe('features');
    expect(workspace.input.height).toBe(112);
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
    const key = await running;
    expect(workspace.results?.key).toBe(key);
    expect(table.streaming).toBe(false);
    const ious = table.shown.map(({ iou }) => iou);
    expect(ious).toEqual([...ious].sort((one, other) => other - one));
    expect(ious).toHaveLength(32);
  });

  it('keeps the units explained before a cancel', async () => {
    const workspace = await opened(5);
    const running = workspace.start();
    await expect.poll(() => workspace.run?.units.size, { interval: 2 }).toBeGreaterThan(0);
    workspace.run?.cancel();
    expect(await running).toBeNull();
    expect(workspace.run?.state).toBe('cancelled');
    expect(workspace.run?.units.size).toBeGreaterThan(0);
    expect(workspace.results).toBeNull();
  });

  it('shows kept results during a run, and the run again afterwards', async () => {
    const workspace = await opened(20);
    const running = workspace.start();
    await workspace.show('kept');
    expect(workspace.results?.key).toBe('kept');
    workspace.showRun();
    expect(workspace.results).toBeNull();
    workspace.run?.cancel();
    await running;
  });

  it('names results that are not kept', async () => {
    const workspace = await opened();
    await workspace.show('gone');
    expect(workspace.resultsFault?.code).toBe('page/no-results');
  });
});

describe('UnitTable', () => {
  it('moves its cursor within the shown rows, and knows the neighbours in their order', async () => {
    const workspace = await opened();
    await workspace.show('kept');
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
