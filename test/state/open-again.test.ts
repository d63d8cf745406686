import { afterEach, describe, expect, it, vi } from 'vitest';
import type { KnownFile, UnfinishedRun } from '../../src/jobs/api.ts';
import { Address } from '../../src/state/address.svelte.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { goOnWith, openAgain, whichOfUnfinished } from '../../src/state/open-again.ts';
import { sameQuestion, whichOfRoute } from '../../src/state/which.ts';
import { Workspace } from '../../src/state/workspace.svelte.ts';
import { fakeModel, fakeProbing } from '../ui/fake-data.ts';
import { fakeUnfinished, largeProbing, probed } from '../ui/fake-kept.ts';
import { FakeWorkbench, type FakeOptions } from '../ui/fake-workbench.ts';

interface Behind {
  readonly files: readonly string[];
  readonly answer?: PermissionState;
}

/** A known file whose handle opens made-up files. */
function known(role: KnownFile['role'], name: string, hash: string, { files, answer = 'granted' }: Behind): KnownFile {
  const made = (file: string) => ({
    kind: 'file',
    name: file,
    getFile: () => Promise.resolve(new File([new Uint8Array(200)], file)),
  });
  const folder = role === 'probing' && !name.endsWith('.zip');
  const handle = {
    ...(folder
      ? {
          kind: 'directory',
          name,
          async *values() {
            for (const file of files) yield await Promise.resolve(made(file));
          },
        }
      : made(name)),
    requestPermission: () => Promise.resolve(answer),
  } as unknown as FileSystemHandle;
  return { id: name, name, role, hash, handle, kind: folder ? 'folder' : 'file', usedAt: '2026-11-23T00:00:00Z' };
}

async function make(options: FakeOptions) {
  vi.stubGlobal('history', { pushState: () => undefined, replaceState: () => undefined });
  const workbench = new FakeWorkbench({ pace: 1, unitCount: 16, ...options });
  const workspace = new Workspace(workbench);
  const parts = { address: new Address(), workspace, kept: new Kept(workbench, workspace) };
  await parts.kept.refreshWork();
  return { ...parts, workbench, parts };
}

afterEach(() => vi.unstubAllGlobals());

const [run] = fakeUnfinished;
// Not the sample's names: those would be opened without asking.
const own: UnfinishedRun = { ...run, source: { ...run.source, name: 'net.onnx' } };
const set = known('probing', 'data', fakeProbing.contentHash, { files: ['index.csv', 'a.png'] });
const net = known('model', 'net.onnx', fakeModel.hash, { files: [] });

describe('a known folder', () => {
  it('is opened as if it was dropped, and its handle is remembered anew', async () => {
    const { parts, workspace, address, workbench } = await make({ files: [set] });
    await openAgain(parts, [set]);
    expect(workspace.probing.value?.title).toBe('Scenes');
    expect(workbench.sources.map((source) => source.kind === 'folder' && source.name)).toEqual(['data']);
    expect(address.route.page).toBe('prepare');
    expect((await workbench.knownFiles()).map(({ role, hash }) => [role, hash])).toContainEqual([
      'probing',
      fakeProbing.contentHash,
    ]);
  });

  it('that may not be read says so', async () => {
    const shut = known('probing', 'data', 'x', { files: [], answer: 'denied' });
    const { parts, kept, workspace } = await make({ files: [shut] });
    await openAgain(parts, [shut]);
    expect(kept.fault?.message).toContain('not allowed to read data');
    expect(workspace.probing.value).toBeNull();
  });

  it('is read as it was chosen last, so that it is the same probing set', async () => {
    const store = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => store.get(key) ?? null,
      setItem: (key: string, text: string) => store.set(key, text),
    });
    const { parts, workspace, workbench } = await make({ probing: largeProbing });
    await openAgain(parts, [set]);
    const chosen = { categories: ['object'], colors: false };
    await workspace.chooseProbing(chosen);
    const { contentHash } = probed(largeProbing, chosen);
    expect(workspace.probing.value?.contentHash).toBe(contentHash);
    await openAgain(parts, [{ ...set, hash: contentHash }]);
    expect(workbench.sources.at(-1)).toMatchObject({ options: chosen });
  });
});

describe('a broken-off run', () => {
  it('opens the known files it needs and asks for just the same', async () => {
    const { parts, address, workbench, workspace } = await make({ unfinished: [own], files: [set, net] });
    await goOnWith(parts, own);
    expect(workbench.runs).toEqual([own.request]);
    expect(address.route.page).toBe('layer');
    expect(workspace.input.layers).toEqual(['block4/relu', 'features']);
    expect(sameQuestion(whichOfRoute(address.route), workspace.which)).toBe(true);
  });

  it('opens what is lacking only', async () => {
    const { parts, workbench, workspace } = await make({ unfinished: [own], files: [net] });
    await workspace.take([{ path: 'set.zip', file: new File([new Uint8Array(200)], 'set.zip') }]);
    await goOnWith(parts, own);
    expect(workbench.sources).toHaveLength(1);
    expect(workbench.runs).toEqual([own.request]);
  });

  it("of a sample's files opens the sample", async () => {
    const sample = { ...run, probing: { ...run.probing, title: 'Drawn scenes' } };
    const { parts, workbench } = await make({ unfinished: [sample] });
    await goOnWith(parts, sample);
    expect(workbench.sources).toEqual([{ kind: 'sample', name: 'scenes' }]);
    expect(workbench.runs).toEqual([sample.request]);
  });

  it('of unknown files leads to the page that says which to drop, under the address of its results', async () => {
    const { parts, address, workbench, workspace } = await make({ unfinished: [own], kept: false });
    await goOnWith(parts, own);
    expect(workbench.runs).toEqual([]);
    expect(address.route).toMatchObject({
      page: 'layer',
      file: 'net.onnx',
      layer: 'features',
      asked: expect.stringContaining('length-5'),
    });
    await workspace.find(whichOfRoute(address.route));
    expect(workspace.finding).toBe('missing');
    expect(sameQuestion(whichOfUnfinished(own, 'features'), workspace.wanted)).toBe(true);
  });

  it('of fewer samples than there are says so in its address', () => {
    const some = { ...own, request: { ...own.request, samples: 64 }, total: 64 };
    expect(whichOfUnfinished(some).asked).toContain('samples-64');
    expect(whichOfUnfinished(own).asked).not.toContain('samples');
  });
});
