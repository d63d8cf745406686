import { Fault } from '../engine/fault.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { CollectedLayer } from '../pipeline/collected-layer.ts';
import type { KeptNames } from '../storage/schema.ts';
import { isSelected, type Selection } from '../storage/selection.ts';
import type { CacheEntry } from '../storage/storage.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import { cellsKey, type ReadSamples } from './keys.ts';
import type { WorkerLink } from './worker-link.ts';

/** Layers whose activations stay in memory whatever their size. */
const LEAST_LAYERS = 2;

/** Bytes of activations beyond which no more layers stay in memory. */
const MOST_BYTES = 2 ** 30;

/** Activations, and what is known of how they came about. */
export interface KeptLayer {
  readonly key: string;
  /** Same probing set and samples, same model, same layer, same preprocessing, or the same file. */
  readonly group: string;
  /** Content hash of the probing set. */
  readonly probing: string;
  readonly meta: LayerMeta;
  /** What a person knows them by. */
  readonly names: KeptNames;
  /** See KeptActivations. */
  readonly buffer: ArrayBufferLike;
}

/** What tells the layers of a group apart. */
export interface LayerMeta extends Omit<CollectedLayer, 'buffer'> {
  /** Empty for activations from a file. */
  readonly provider: string;
  readonly providerNote: string;
  readonly runtimeVersion: string;
  /** They came with a workspace file: good for looking at its results, but no run builds on them. */
  readonly imported?: boolean;
}

/** What is asked of activations of a group. */
export interface LayerQuestion {
  readonly runtimeVersion: string;
  readonly threshold: ThresholdRule;
}

/** Whether activations are enough for a threshold: whether every map that can reach it was kept. */
export function answers(meta: LayerMeta, { runtimeVersion, threshold }: LayerQuestion): boolean {
  if (meta.runtimeVersion !== runtimeVersion) return false;
  if (meta.keptQuantile >= 1) return true;
  if (threshold.kind === 'quantile') return threshold.quantile <= meta.keptQuantile;
  const lowest = threshold.kind === 'fixed' ? threshold.above : Math.min(...threshold.thresholds);
  return Math.fround(lowest) >= meta.highestFloor;
}

type Source = 'made here' | 'any';

/** What came with the workspace file opened last; all of it stays in memory until another is opened. */
export interface Imported {
  readonly cells: readonly { readonly read: ReadSamples; readonly title: string; readonly buffers: CellBuffers }[];
  /** With `imported` in their meta. */
  readonly layers: readonly KeptLayer[];
}

/**
 * Cells and activations, kept in memory and on this machine. Where the machine keeps nothing, memory is all there is.
 *
 * What came with a workspace file is kept apart: evidence may use it, runs do not, so that no file decides what a run finds.
 */
export class Keeper {
  readonly #storage: WorkerLink<StorageWorker>;
  #cells: { readonly key: string; readonly probing: string; readonly buffers: CellBuffers } | undefined;
  #imported: Imported = { cells: [], layers: [] };
  #layers: readonly KeptLayer[] = [];

  constructor(storage: WorkerLink<StorageWorker>) {
    this.#storage = storage;
  }

  /** The cells of samples, made here, or null where they must be made. */
  async cells(read: ReadSamples): Promise<CellBuffers | null> {
    const key = cellsKey(read);
    if (this.#cells?.key === key) return this.#cells.buffers;
    const buffers = await this.#findCells(key);
    if (buffers) this.#cells = { key, probing: read.probing, buffers };
    return buffers;
  }

  /** Would {@link cells} find something? Nothing large is read for the answer. */
  async hasCells(read: ReadSamples): Promise<boolean> {
    const key = cellsKey(read);
    if (this.#cells?.key === key) return true;
    const labels = await this.#storage.call('labels', 'cells', read.probing).catch(() => []);
    return labels.some((label) => label.key === key);
  }

  /** {@link cells}, or else those of a workspace file. */
  async anyCells(read: ReadSamples): Promise<CellBuffers | null> {
    const key = cellsKey(read);
    const held = this.#imported.cells.find((cells) => cellsKey(cells.read) === key);
    return (await this.cells(read)) ?? held?.buffers ?? this.#findCells(importedKey(key));
  }

  /** Holds cells and activations in memory, ready for the next run; {@link keepCells} and {@link keepLayer} put them into storage. */
  remember(read: ReadSamples, cells: CellBuffers, ...layers: readonly KeptLayer[]): void {
    this.#cells = { key: cellsKey(read), probing: read.probing, buffers: cells };
    for (const layer of layers) this.#remember(layer);
  }

  /** Keeps cells. @param title of the probing set @returns a sentence if the machine would not */
  async keepCells(read: ReadSamples, title: string, buffers: CellBuffers): Promise<string | null> {
    const key = cellsKey(read);
    this.#cells = { key, probing: read.probing, buffers };
    return this.#keepCells(key, read.probing, title, buffers);
  }

  /**
   * Holds what came with a workspace file, and keeps it.
   *
   * @returns a sentence if the machine would not keep all of it
   */
  async keepImported(imported: Imported): Promise<string | null> {
    this.#imported = imported;
    let said: string | null = null;
    for (const { read, title, buffers } of imported.cells)
      said ??= await this.#keepCells(importedKey(cellsKey(read)), read.probing, title, buffers);
    for (const layer of imported.layers) said ??= await this.#keepLayer(layer);
    return said;
  }

  /** Activations of a group that answer a question and were made here, or null where they must be made. */
  layer(group: string, question: LayerQuestion): Promise<KeptLayer | null> {
    return this.#layer(group, question, 'made here');
  }

  /** Would {@link layer} find something? Nothing large is read for the answer. */
  async hasLayer(group: string, question: LayerQuestion): Promise<boolean> {
    const suits = (meta: LayerMeta): boolean => answers(meta, question) && meta.imported !== true;
    if (this.#layers.some((layer) => layer.group === group && suits(layer.meta))) return true;
    const labels = await this.#storage.call('labels', 'activations', group).catch(() => []);
    return labels.some(({ meta }) => suits(meta as unknown as LayerMeta));
  }

  /** {@link layer}, or those of a workspace file; of several, those that answer most thresholds. */
  anyLayer(group: string, question: LayerQuestion): Promise<KeptLayer | null> {
    return this.#layer(group, question, 'any');
  }

  /** Keeps activations. @returns a sentence if the machine would not */
  async keepLayer(layer: KeptLayer): Promise<string | null> {
    this.#remember(layer);
    return this.#keepLayer(layer);
  }

  /** Forgets what is in memory. */
  clear(): void {
    this.#cells = undefined;
    this.#imported = { cells: [], layers: [] };
    this.#layers = [];
  }

  /** Forgets, in memory, what belongs to a probing set, a model, or both. */
  free(selection: Selection): void {
    const stays = ({ probing, names }: KeptLayer): boolean => !isSelected({ probing, source: names.source }, selection);
    const cellsStay = (probing: string): boolean => !isSelected({ probing, source: '' }, selection);
    if (this.#cells && !cellsStay(this.#cells.probing)) this.#cells = undefined;
    this.#layers = this.#layers.filter(stays);
    const { cells, layers } = this.#imported;
    this.#imported = {
      cells: cells.filter(({ read }) => cellsStay(read.probing)),
      layers: layers.filter(stays),
    };
  }

  async #findCells(key: string): Promise<CellBuffers | null> {
    const entry = await this.#storage.call('find', 'cells', key).catch(() => null);
    return entry && (entry.buffers as unknown as CellBuffers);
  }

  #keepCells(key: string, probing: string, title: string, buffers: CellBuffers): Promise<string | null> {
    const names = { title, source: '', sourceName: '', layer: '' };
    return this.#keep('cells', { key, group: probing, probing, meta: {}, names, buffers: { ...buffers } });
  }

  #keepLayer({ meta, buffer, ...about }: KeptLayer): Promise<string | null> {
    return this.#keep('activations', { ...about, meta: { ...meta }, buffers: { activations: buffer } });
  }

  async #layer(group: string, question: LayerQuestion, source: Source): Promise<KeptLayer | null> {
    const suits = (meta: LayerMeta): boolean => answers(meta, question) && (source === 'any' || meta.imported !== true);
    const held = [...this.#layers, ...this.#imported.layers];
    const near = held.filter((layer) => layer.group === group && suits(layer.meta));
    if (near.length > 0) return near.reduce((most, layer) => (widest(layer, most) < 0 ? layer : most));
    const labels = await this.#storage.call('labels', 'activations', group).catch(() => []);
    const found = labels.map(({ key, meta }) => ({ key, meta: meta as unknown as LayerMeta }));
    for (const { key } of found.filter(({ meta }) => suits(meta)).sort(widest)) {
      const entry = await this.#storage.call('find', 'activations', key).catch(() => null);
      if (!entry) continue;
      const layer = layerOf(entry);
      this.#remember(layer);
      return layer;
    }
    return null;
  }

  #remember(layer: KeptLayer): void {
    let bytes = 0;
    this.#layers = [layer, ...this.#layers.filter(({ key }) => key !== layer.key)].filter(({ buffer }, i) => {
      bytes += buffer.byteLength;
      return i < LEAST_LAYERS || bytes <= MOST_BYTES;
    });
  }

  async #keep(store: 'cells' | 'activations', entry: CacheEntry): Promise<string | null> {
    return this.#storage.call('keep', store, entry).then(() => null, sentenceOf);
  }
}

/** What a failed attempt to keep something says. */
export function sentenceOf(error: unknown): string {
  return error instanceof Fault ? error.message : `Nothing could be kept on this machine (${String(error)}).`;
}

/** Orders layers by how many thresholds they answer, most first; those made here before others. */
function widest(a: { readonly meta: LayerMeta }, b: { readonly meta: LayerMeta }): number {
  const wider = b.meta.keptQuantile - a.meta.keptQuantile;
  return wider === 0 ? Number(a.meta.imported ?? false) - Number(b.meta.imported ?? false) : wider;
}

function importedKey(key: string): string {
  return `${key} from a file`;
}

function layerOf({ meta, buffers, ...about }: CacheEntry): KeptLayer {
  return { ...about, meta: meta as unknown as LayerMeta, buffer: buffers['activations'] };
}
