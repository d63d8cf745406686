import type { LayerResults } from '../engine/results/layer-results.ts';
import type { SmallPicture, WorkspaceResults } from '../pipeline/workspace/contents.ts';
import type { ContentsToPack, LayerToPack } from '../pipeline/workspace/workspace-service.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import { jobFaults } from './errors.ts';
import type { EvidenceSources } from './evidence-sources.ts';
import { findCells, openSetOf } from './find-cells.ts';
import type { KeptLayer } from './keeper.ts';
import { cellsKey, groupOf, isOfCells, readSamplesOf } from './keys.ts';
import { THUMBNAILS_OF_ALL } from './thumbnails.ts';

/** What a workspace file is to hold. */
export interface Gathering {
  readonly view: string;
  /** Whether activations go in; `if kept`: those that are still there. */
  readonly activations: 'all' | 'if kept' | 'none';
  /** Whether small pictures that are not kept are drawn, where the probing set is open. */
  readonly drawPictures: boolean;
}

/**
 * Collects what belongs to results, each thing once, whichever of them need it.
 *
 * @returns the contents, and whether activations of all results are among them
 * @throws Fault `jobs/not-kept`, where cells or activations are gone
 */
export async function gatherWorkspace(
  sources: EvidenceSources,
  all: readonly LayerResults[],
  { view, activations, drawPictures }: Gathering,
): Promise<{ readonly contents: ContentsToPack; readonly complete: boolean }> {
  const cells = new Map<string, CellBuffers>();
  const layers = new Map<string, LayerToPack>();
  const sets = new Map<string, LayerResults[]>();
  const results: WorkspaceResults[] = [];
  for (const made of all) {
    if (isOfCells(made)) throw jobFaults['table-not-packed']();
    const cellsName = cellsKey(readSamplesOf(made));
    if (!cells.has(cellsName)) cells.set(cellsName, await findCells(sources, made));
    const layer = activations === 'none' ? null : await layerOf(sources, made);
    if (activations === 'all' && !layer) throw jobFaults['not-kept']('activations');
    if (layer) layers.set(layer.key, toPack(layer, made, layers.get(layer.key)));
    const { contentHash } = made.probing;
    sets.set(contentHash, [...(sets.get(contentHash) ?? []), made]);
    results.push({
      results: made,
      cells: indexIn(cells, cellsName),
      pictures: indexIn(sets, contentHash),
      activations: layer && indexIn(layers, layer.key),
    });
  }
  const pictures: SmallPicture[][] = [];
  for (const some of sets.values()) pictures.push(await picturesOf(sources, some, drawPictures));
  const madeAt = new Date().toISOString();
  const contents = { madeAt, view, results, cells: [...cells.values()], pictures, activations: [...layers.values()] };
  return { contents, complete: results.every((one) => one.activations !== null) };
}

function indexIn(map: ReadonlyMap<string, unknown>, name: string): number {
  return [...map.keys()].indexOf(name);
}

async function layerOf({ keeper }: EvidenceSources, results: LayerResults): Promise<KeptLayer | null> {
  const { activations, settings } = results;
  const runtimeVersion = activations.kind === 'model' ? activations.runtimeVersion : '';
  return keeper.anyLayer(groupOf(results), { runtimeVersion, threshold: settings.threshold });
}

/** Activations with the largest quantile that any of their results uses. */
function toPack({ buffer, meta }: KeptLayer, { settings }: LayerResults, before?: LayerToPack): LayerToPack {
  const { provider, providerNote, runtimeVersion } = meta;
  const { threshold } = settings;
  const here = threshold.kind === 'quantile' ? threshold.quantile : null;
  const quantile =
    before === undefined ? here : here === null || before.quantile === null ? null : Math.max(here, before.quantile);
  return { buffer, provider, providerNote, runtimeVersion, quantile };
}

/** The small pictures of all samples, or where they are many, of those that a unit shows; by sample. */
async function picturesOf(
  sources: EvidenceSources,
  some: readonly LayerResults[],
  draw: boolean,
): Promise<SmallPicture[]> {
  const [{ probing }] = some;
  const { contentHash, sampleCount } = probing;
  const top = some.flatMap(({ units }) => units.flatMap((unit) => unit.top.map(({ sample }) => sample)));
  const wanted =
    sampleCount <= THUMBNAILS_OF_ALL ? Array.from({ length: sampleCount }, (_, sample) => sample) : [...new Set(top)];
  const kept = await sources.storage.call('thumbnails', contentHash, wanted).catch(() => []);
  const found = new Map(kept.map(({ sample, picture }) => [sample, picture]));
  for (const sample of wanted) {
    const picture = found.has(sample) ? null : sources.imported.picture(contentHash, sample);
    if (picture) found.set(sample, picture);
  }
  const missing = wanted.filter((sample) => !found.has(sample));
  const open = openSetOf(sources, some[0]);
  if (draw && missing.length > 0 && open?.opened.info.hasPictures) {
    await open.opened.ready();
    for (const { sample, picture } of await open.link.call('thumbnails', missing)) found.set(sample, picture);
  }
  return Array.from(found, ([sample, picture]) => ({ sample, picture })).sort((a, b) => a.sample - b.sample);
}
