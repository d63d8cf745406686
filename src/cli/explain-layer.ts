import type { KeptActivations } from '../engine/activation/kept.ts';
import { UnitMasks } from '../engine/activation/unit-masks.ts';
import type { CellMaps } from '../engine/cells/cell-maps.ts';
import type { CellTable } from '../engine/cells/cell-table.ts';
import type { Concept, WordVectors } from '../engine/concepts.ts';
import { cellsOfRun } from '../engine/interchange/cells-of-run.ts';
import type { ExplainSettings } from '../engine/results/explanation.ts';
import type {
  ActivationProvenance,
  LayerClasses,
  LayerResults,
  ProbingProvenance,
} from '../engine/results/layer-results.ts';
import { withWords } from '../engine/results/samples-facts.ts';
import { prepareSearch } from '../engine/search/tables.ts';
import { cliFaults } from './errors.ts';
import type { Progress } from './progress.ts';
import { explainUnits } from './threads/explain-units.ts';
import { unitsAsked } from './units.ts';
import { writeCells } from './write-files.ts';

/** A layer and a probing set that were read, whether at once or in shards. */
export interface ReadLayer {
  readonly probing: ProbingProvenance;
  readonly categories: readonly string[];
  readonly concepts: readonly Concept[];
  readonly vectors?: WordVectors | undefined;
  /** Instead of vectors; see SearchExtras. */
  readonly neighbors?: readonly (readonly number[])[] | undefined;
  readonly table: CellTable;
  readonly maps: CellMaps;
  readonly activations: KeptActivations;
  readonly provenance: ActivationProvenance;
  /** See GivenActivations. */
  readonly words?: KeptActivations | undefined;
  readonly classes?: LayerClasses | undefined;
}

/** What is to be made of them. */
export interface ExplainAsked {
  readonly settings: ExplainSettings;
  /** Path of the thresholds, where they were given. */
  readonly thresholds: string | undefined;
  readonly units: readonly [number, number] | undefined;
  readonly threads: number | undefined;
  readonly writeCells: string | undefined;
  /** `performance.now()` when the work began. */
  readonly started: number;
}

/** @throws Fault, if units or thresholds asked for are not those of the layer */
export function checkLayer(unitCount: number, asked: Pick<ExplainAsked, 'settings' | 'thresholds' | 'units'>): void {
  const { threshold } = asked.settings;
  if (threshold.kind === 'given' && threshold.thresholds.length !== unitCount)
    throw cliFaults['thresholds-differ'](asked.thresholds ?? '', threshold.thresholds.length, unitCount);
  unitsAsked(asked, unitCount);
}

/** Explains the units asked for, and writes the cells if asked to. @throws Fault */
export async function explainLayer(read: ReadLayer, asked: ExplainAsked, progress: Progress): Promise<LayerResults> {
  const { probing, categories, concepts, table, maps, activations, provenance } = read;
  const { unitCount, samplesRead } = activations;
  const { settings } = asked;
  checkLayer(unitCount, asked);
  const { grid } = probing;
  const search = prepareSearch(table, concepts, { grid, vectors: read.vectors, neighbors: read.neighbors });
  if (asked.writeCells !== undefined) {
    const { counted, info } = cellsOfRun({
      search,
      masks: new UnitMasks(activations, maps, table.cellCount),
      concepts,
      grid,
      threshold: settings.threshold,
      probing,
      activations: provenance,
      onProgress: (done, total) => progress('Units counted', done, total),
    });
    await writeCells(asked.writeCells, counted, info);
  }
  const unitRange = unitsAsked(asked, unitCount);
  const memory = { search: search.buffers, maps: maps.buffer, activations: activations.buffer };
  const found = await explainUnits({ kind: 'layer', settings, ...memory }, unitRange, asked.threads, progress);
  const units = read.words ? withWords(found, read.words) : found;
  return {
    key: '',
    madeAt: new Date().toISOString(),
    samplesRead,
    tookMs: Math.round(performance.now() - asked.started),
    probing,
    activations: provenance,
    settings,
    unitRange,
    unitCount,
    categories,
    concepts,
    units,
    ...(read.classes && { classes: read.classes }),
  };
}
