import type { LayerResults } from '../engine/results/layer-results.ts';
import type { SmallPictures } from '../pipeline/workspace/contents.ts';
import type { OpenedContents } from '../pipeline/workspace/workspace-service.ts';
import type { KeptNames } from '../storage/schema.ts';
import type { WorkspaceWorker } from '../../workers/workspace.worker.ts';
import type { OpenedWorkspace, SampleName, WorkspaceRequest } from './api.ts';
import { jobFaults } from './errors.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { gatherWorkspace, type Gathering } from './gather-workspace.ts';
import type { Imported } from './keeper.ts';
import { groupOf, layerKey, readSamplesOf, resultsKey } from './keys.ts';
import { keepResults, UNITS_AT_A_TIME } from './results-in-pieces.ts';
import { spawnWorkspace } from './spawn.ts';
import { WorkerLink } from './worker-link.ts';

type Link = WorkerLink<WorkspaceWorker>;

/** Saves and opens workspace files, each in a worker of its own that ends with it. */
export class WorkspaceFiles {
  readonly #sources: EvidenceSources;
  readonly #base: string;
  readonly #find: (key: string) => Promise<LayerResults | null>;

  /**
   * @param base absolute address beside which the folder `samples` lies
   * @param find gives results, kept or held in memory
   */
  constructor(sources: EvidenceSources, base: string, find: (key: string) => Promise<LayerResults | null>) {
    this.#sources = sources;
    this.#base = base;
    this.#find = find;
  }

  /** See {@link Workbench.saveWorkspace}. */
  async save({ keys, view, withActivations }: WorkspaceRequest): Promise<Blob> {
    const gathering: Gathering = { view, activations: withActivations ? 'all' : 'none', drawPictures: true };
    return this.#withContents('saving the workspace', keys, gathering, (link, contents) =>
      link.call('pack', contents.contents),
    );
  }

  /** See {@link Workbench.workspaceSize}. */
  async size(keys: readonly string[]): Promise<{ readonly without: number; readonly with: number | null }> {
    const gathering: Gathering = { view: '', activations: 'if kept', drawPictures: false };
    return this.#withContents('measuring the workspace', keys, gathering, async (link, { contents, complete }) => {
      const size = await link.call('size', contents);
      return { without: size.without, with: complete ? size.with : null };
    });
  }

  /** See {@link Workbench.openWorkspace}. */
  async open(source: File | SampleName): Promise<OpenedWorkspace> {
    const link: Link = new WorkerLink(spawnWorkspace, 'opening the workspace');
    try {
      const opening = source instanceof File ? link.call('open', source) : link.call('openSample', this.#base, source);
      const contents = await opening;
      const results: LayerResults[] = [];
      for (const [index, { results: head }] of contents.results.entries())
        results.push(await completed(link, index, head, contents.unitCounts[index]));
      const keeping = this.#keep(contents, results);
      // A sample's can be had again at any time; what a person brought is safe once it is opened.
      if (source instanceof File) await keeping;
      return { keys: results.map(({ key }) => key), view: contents.view };
    } finally {
      link.end(jobFaults.cancelled());
    }
  }

  async #withContents<Result>(
    what: string,
    keys: readonly string[],
    gathering: Gathering,
    work: (link: Link, gathered: Awaited<ReturnType<typeof gatherWorkspace>>) => Promise<Result>,
  ): Promise<Result> {
    const all: LayerResults[] = [];
    for (const key of new Set(keys)) {
      const found = await this.#find(key);
      if (!found) throw jobFaults['not-kept']('results');
      all.push(found);
    }
    const { contents, complete } = await gatherWorkspace(this.#sources, all, gathering);
    const link: Link = new WorkerLink(spawnWorkspace, what);
    try {
      for (const { key, units } of all) {
        for (let at = 0; at < units.length; at += UNITS_AT_A_TIME)
          await link.call('stageUnits', key, units.slice(at, at + UNITS_AT_A_TIME));
      }
      const results = contents.results.map((one) => ({ ...one, results: { ...one.results, units: [] } }));
      return await work(link, { contents: { ...contents, results }, complete });
    } finally {
      link.end(jobFaults.cancelled());
    }
  }

  /** Holds an opened file's contents in memory and keeps them on this machine, where it keeps anything. */
  async #keep(contents: OpenedContents, results: readonly LayerResults[]): Promise<void> {
    const { storage, keeper, imported } = this.#sources;
    const pictures = new Map<string, SmallPictures>();
    const titles = new Map(results.map(({ probing }) => [probing.contentHash, probing.title]));
    for (const [i, { pictures: index }] of contents.results.entries()) {
      if (index !== null) pictures.set(results[i].probing.contentHash, contents.pictures[index]);
    }
    imported.hold(results, pictures);
    await keeper.keepImported(importedOf(contents, results));
    for (const [probing, some] of pictures) {
      const kept = new Set(await storage.call('samplesWithThumbnail', probing).catch(() => []));
      const missing = some.filter(({ sample }) => !kept.has(sample));
      if (missing.length === 0) continue;
      await storage.call('keepThumbnails', probing, missing, titles.get(probing)).catch(() => undefined);
    }
    // Last, so that results that a later visit finds here have their pictures and masks.
    const labels = await storage.call('recent').catch(() => []);
    for (const made of results) {
      const before = labels.find(({ key }) => key === made.key);
      if (!before || before.madeAt < made.madeAt) await keepResults(storage, made).catch(() => undefined);
    }
  }
}

/** Results with their units, under the key that they have here. */
async function completed(link: Link, index: number, head: LayerResults, unitCount: number): Promise<LayerResults> {
  const units = [];
  for (let at = 0; at < unitCount; at += UNITS_AT_A_TIME)
    units.push(...(await link.call('units', index, at, UNITS_AT_A_TIME)));
  return { ...head, units, key: await resultsKey(groupOf(head), head.settings, head.unitRange) };
}

/** Cells and activations of an opened file, by the names they have here. */
function importedOf(contents: OpenedContents, results: readonly LayerResults[]): Imported {
  const owner = (kind: 'cells' | 'activations', index: number): readonly LayerResults[] =>
    results.filter((_, i) => contents.results[i][kind] === index).slice(0, 1);
  return {
    cells: contents.cells.flatMap((buffers, i) =>
      owner('cells', i).map((made) => ({ read: readSamplesOf(made), title: made.probing.title, buffers })),
    ),
    layers: contents.activations.flatMap(({ buffer, ...about }, i) =>
      owner('activations', i).map((made) => {
        const meta = { ...about, imported: true };
        const group = groupOf(made);
        const key = `${layerKey(group, meta)} from a file`;
        return { key, group, probing: made.probing.contentHash, meta, names: namesOf(made), buffer };
      }),
    ),
  };
}

/** What a person knows the activations behind results by. */
function namesOf({ probing, activations }: LayerResults): KeptNames {
  const { name, hash } = activations;
  const layer = activations.kind === 'model' ? activations.layer : name;
  return { title: probing.title, source: hash, sourceName: name, layer };
}
