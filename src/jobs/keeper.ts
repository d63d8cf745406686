import { Fault } from '../engine/fault.ts';
import type { ThresholdRule } from '../engine/results/explanation.ts';
import type { CellBuffers } from '../pipeline/probing-service.ts';
import type { CollectedLayer } from '../pipeline/runtime-service.ts';
import { CELLS_VERSION } from '../pipeline/versions.ts';
import type { CacheEntry } from '../storage/storage.ts';
import type { StorageWorker } from '../../workers/storage.worker.ts';
import type { WorkerLink } from './worker-link.ts';

/** Layers whose activations stay in memory. */
const LAYERS_IN_MEMORY = 2;

/** Activations, and what is known of how they came about. */
export interface KeptLayer {
  readonly key: string;
  /** Same probing set, same model, same layer, same preprocessing, or the same file. */
  readonly group: string;
  /** Content hash of the probing set. */
  readonly probing: string;
  readonly meta: LayerMeta;
  /** See KeptActivations. */
  readonly buffer: ArrayBufferLike;
}

/** What tells the layers of a group apart. */
export interface LayerMeta extends Omit<CollectedLayer, 'buffer'> {
  /** Empty for activations from a file. */
  readonly provider: string;
  readonly providerNote: string;
  readonly runtimeVersion: string;
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

/** Cells and activations, kept in memory and on this machine. Where the machine keeps nothing, memory is all there is. */
export class Keeper {
  readonly #storage: WorkerLink<StorageWorker>;
  #cells: { readonly probing: string; readonly buffers: CellBuffers } | undefined;
  #layers: readonly KeptLayer[] = [];

  constructor(storage: WorkerLink<StorageWorker>) {
    this.#storage = storage;
  }

  /** The cells of a probing set, or null where they must be made. */
  async cells(probing: string): Promise<CellBuffers | null> {
    if (this.#cells?.probing === probing) return this.#cells.buffers;
    const entry = await this.#storage.call('find', 'cells', cellsKey(probing)).catch(() => null);
    if (!entry) return null;
    const buffers = entry.buffers as unknown as CellBuffers;
    this.#cells = { probing, buffers };
    return buffers;
  }

  /** Holds cells and activations in memory, ready for the next run; {@link keepCells} and {@link keepLayer} put them into storage. */
  remember(probing: string, cells: CellBuffers, layer: KeptLayer): void {
    this.#cells = { probing, buffers: cells };
    this.#remember(layer);
  }

  /** Keeps cells. @returns a sentence if the machine would not */
  async keepCells(probing: string, buffers: CellBuffers): Promise<string | null> {
    this.#cells = { probing, buffers };
    const key = cellsKey(probing);
    return this.#keep('cells', { key, group: probing, probing, meta: {}, buffers: { ...buffers } });
  }

  /** Activations of a group that answer a question, or null where they must be made. */
  async layer(group: string, question: LayerQuestion): Promise<KeptLayer | null> {
    const near = this.#layers.find((layer) => layer.group === group && answers(layer.meta, question));
    if (near) return near;
    const labels = await this.#storage.call('labels', 'activations', group).catch(() => []);
    for (const { key } of labels.filter(({ meta }) => answers(meta as unknown as LayerMeta, question))) {
      const entry = await this.#storage.call('find', 'activations', key).catch(() => null);
      if (!entry) continue;
      const layer = layerOf(entry);
      this.#remember(layer);
      return layer;
    }
    return null;
  }

  /** Keeps activations. @returns a sentence if the machine would not */
  async keepLayer(layer: KeptLayer): Promise<string | null> {
    this.#remember(layer);
    const { key, group, probing, meta, buffer } = layer;
    return this.#keep('activations', { key, group, probing, meta: { ...meta }, buffers: { activations: buffer } });
  }

  /** Forgets what is in memory. */
  clear(): void {
    this.#cells = undefined;
    this.#layers = [];
  }

  #remember(layer: KeptLayer): void {
    this.#layers = [layer, ...this.#layers.filter(({ key }) => key !== layer.key)].slice(0, LAYERS_IN_MEMORY);
  }

  async #keep(store: 'cells' | 'activations', entry: CacheEntry): Promise<string | null> {
    return this.#storage.call('keep', store, entry).then(() => null, sentenceOf);
  }
}

/** What a failed attempt to keep something says. */
export function sentenceOf(error: unknown): string {
  return error instanceof Fault ? error.message : `Nothing could be kept on this machine (${String(error)}).`;
}

function cellsKey(probing: string): string {
  return `${probing}|${CELLS_VERSION}`;
}

function layerOf({ key, group, probing, meta, buffers }: CacheEntry): KeptLayer {
  return { key, group, probing, meta: meta as unknown as LayerMeta, buffer: buffers['activations'] };
}
