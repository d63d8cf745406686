import { describe, expect, it } from 'vitest';
import { openKeptActivations } from '../../src/engine/activation/kept.ts';
import { version } from '../../src/engine/version.ts';
import { SearchService } from '../../src/pipeline/search-service.ts';
import { ACTIVATIONS_VERSION, CELLS_VERSION } from '../../src/pipeline/versions.ts';
import type { WorkspaceContents } from '../../src/pipeline/workspace/contents.ts';
import { packedSize } from '../../src/pipeline/workspace/packed-size.ts';
import { readWorkspace } from '../../src/pipeline/workspace/read-workspace.ts';
import { WorkspaceService } from '../../src/pipeline/workspace/workspace-service.ts';
import { writeWorkspace } from '../../src/pipeline/workspace/write-workspace.ts';
import { zipTree } from '../../src/probing/trees/zip-tree.ts';
import { asZip } from '../probing/support/trees.ts';
import { firstSettings, otherSettings, workspaceContents } from './support/workspace-contents.ts';

const made = workspaceContents();
const bytesOf = (buffer: ArrayBufferLike): Uint8Array => new Uint8Array(buffer);

/** A search over the first results of a workspace. */
function searchOf({ cells, activations }: WorkspaceContents): SearchService {
  const service = new SearchService();
  const [{ cells: table, extras, maps, names }] = cells;
  service.attach({ search: { cells: table, extras }, maps, names, activations: activations[0]?.buffer });
  return service;
}

/** The same file with its manifest changed. */
async function withManifest(blob: Blob, change: Record<string, unknown>): Promise<Blob> {
  const { files } = await zipTree(blob, 'w');
  const entries: [string, Uint8Array][] = [];
  for (const [path, file] of files) {
    const bytes = await file.bytes();
    const manifest = (): object => ({ ...JSON.parse(new TextDecoder().decode(bytes)), ...change });
    entries.push([path, path === 'manifest.json' ? new TextEncoder().encode(JSON.stringify(manifest())) : bytes]);
  }
  return asZip(entries);
}

describe('a workspace file', () => {
  it('brings everything back as it was', async () => {
    const back = await readWorkspace(await writeWorkspace(made), 'w.formulens');
    expect(back.results).toEqual(made.results);
    expect([back.madeAt, back.view]).toEqual([made.madeAt, made.view]);
    for (const part of ['cells', 'extras', 'maps', 'names'] as const)
      expect(bytesOf(back.cells[0][part])).toEqual(bytesOf(made.cells[0][part]));
    expect(bytesOf(back.activations[0].buffer)).toEqual(bytesOf(made.activations[0].buffer));
    expect(back.activations[0]).toMatchObject({ provider: 'wasm', runtimeVersion: '1.30.0' });
    expect(back.pictures[0].map(({ sample }) => sample)).toEqual([0, 3, 11]);
    expect(back.pictures[0][1].picture.type).toBe('image/png');
    expect(await back.pictures[0][1].picture.arrayBuffer()).toEqual(await made.pictures[0][1].picture.arrayBuffer());
  });

  it('gives the same masks and the same live explanations as where it was made', async () => {
    const [before, after] = [made, await readWorkspace(await writeWorkspace(made), 'w')].map(searchOf);
    const units = [0, 1, 2, 3, 4];
    for (const settings of [firstSettings, otherSettings, { ...firstSettings, length: 5, beam: 3 }])
      expect(after.explain(units, settings)).toEqual(before.explain(units, settings));
    const formula = made.results[0].results.units[1].best?.formula ?? expect.fail('no formula');
    for (let sample = 0; sample < 12; sample++) {
      expect(after.formulaMask(formula, sample)).toEqual(before.formulaMask(formula, sample));
      expect(after.unitMask(1, sample, 1.2)).toEqual(before.unitMask(1, sample, 1.2));
      expect(after.sampleName(sample)).toBe(`pictures/${sample}.jpg`);
    }
    expect(after.unitMask(1, 0, 1.2)).toContain(1);
  });

  it('leaves out what there is none of', async () => {
    const [first] = made.results;
    const bare = {
      ...made,
      ...{ results: [{ ...first, cells: null, pictures: null, activations: null }] },
      ...{ cells: [], pictures: [], activations: [] },
    };
    expect(await readWorkspace(await writeWorkspace(bare), 'w')).toEqual(bare);
  });

  it('is a zip that any program lists, with a manifest that says what it is', async () => {
    const { files } = await zipTree(await writeWorkspace(made), 'w');
    expect([...files.keys()]).toEqual([
      ...['manifest.json', 'results/0.json', 'results/1.json'],
      ...['cells/0/cells.bundle', 'cells/0/extras.bundle', 'cells/0/maps.bundle', 'cells/0/names.bundle'],
      ...['pictures/0.bundle', 'activations/0.bundle'],
    ]);
    const manifest = JSON.parse(new TextDecoder().decode(await files.get('manifest.json')?.bytes())) as object;
    expect(manifest).toMatchObject({
      ...{ format: 'formulens/workspace', version: 1, madeAt: made.madeAt, view: made.view },
      madeWith: `Formulens ${version}`,
      ...{ cellsVersion: CELLS_VERSION, activationsVersion: ACTIVATIONS_VERSION },
    });
  });

  it('opens without bundles of another version of their form', async () => {
    const blob = await writeWorkspace(made);
    const other = await readWorkspace(await withManifest(blob, { cellsVersion: CELLS_VERSION + 1 }), 'w');
    expect(other.results[0]).toMatchObject({ cells: null, pictures: 0, activations: 0 });
    expect(other.cells).toEqual([]);
    const old = await readWorkspace(await withManifest(blob, { activationsVersion: 0 }), 'w');
    expect(old.results[0]).toMatchObject({ cells: 0, activations: null });
    expect(old.results[0].results).toEqual(made.results[0].results);
  });
});

describe('the workspace worker', () => {
  const toPack = {
    ...made,
    results: made.results.map((one) => ({ ...one, results: { ...one.results, units: [] } })),
    activations: made.activations.map((layer) => ({ ...layer, quantile: 0.005 })),
  };
  const stage = (service: WorkspaceService): void => {
    for (const { results } of made.results) {
      service.stageUnits(results.key, results.units.slice(0, 2));
      service.stageUnits(results.key, results.units.slice(2));
    }
  };

  it('takes and gives results in pieces, and says beforehand how large a file gets', async () => {
    const service = new WorkspaceService();
    stage(service);
    const size = await service.size(toPack);
    stage(service);
    const blob = await service.pack(toPack);
    expect(size.with).toBeGreaterThan(size.without);
    expect(Math.abs(size.with - blob.size)).toBeLessThan(0.25 * blob.size);
    const opened = await service.open(new File([blob], 'w.formulens'));
    expect(opened.results[1].results).toEqual({ ...made.results[1].results, units: [] });
    expect([...service.units(1, 0, 3), ...service.units(1, 3, 3)]).toEqual(made.results[1].results.units);
  });

  it('keeps small activations whole and prunes large ones to twice the quantile', async () => {
    const kept = openKeptActivations(made.activations[0].buffer);
    const large = { ...kept, bytes: 17 * 2 ** 20 };
    const padded = new SharedArrayBuffer(large.bytes);
    new Uint8Array(padded).set(bytesOf(kept.buffer));
    const service = new WorkspaceService();
    const pack = async (quantile: number | null): Promise<number> => {
      stage(service);
      const activations = [{ ...toPack.activations[0], buffer: padded, quantile }];
      const back = await readWorkspace(await service.pack({ ...toPack, activations }), 'w');
      return openKeptActivations(back.activations[0].buffer).keptQuantile;
    };
    expect(await pack(0.005)).toBe(0.01);
    expect(await pack(0.7)).toBe(1);
    expect(await pack(null)).toBe(1);
  });

  it('estimates what compressing gives', async () => {
    const noise = new SharedArrayBuffer(6 * 2 ** 20);
    const words = new Uint32Array(noise, 0, 2 ** 20);
    for (let i = 0, state = 1; i < words.length; i++) words[i] = state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const stream = new Blob([Uint8Array.from(bytesOf(noise))]).stream();
    const packed = await new Response(stream.pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
    expect(Math.abs((await packedSize(noise)) - packed.byteLength)).toBeLessThan(0.15 * packed.byteLength);
    expect(await packedSize(new ArrayBuffer(0))).toBe(0);
  });
});
