import { sampleCells } from '../../src/engine/cells/cell-maps.ts';
import type { SearchSettings } from '../../src/engine/results/explanation.ts';
import { beamSearch } from '../../src/engine/search/beam.ts';
import { neighborsOf } from '../../src/engine/search/cell-set.ts';
import { prepareSearch, type SearchTables } from '../../src/engine/search/tables.ts';
import { UnitCells } from '../../src/engine/search/unit-cells.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import { pairsProbing } from './pairs-data.ts';
import { denseSearch, type PairBytes } from './pairs-dense.ts';
import { countsOf, plantedUnit } from './pairs-units.ts';
import { secondsOnThreads } from './threads.ts';

const settings: SearchSettings = {
  length: 5,
  beam: 10,
  penalty: 1,
  candidates: null,
  mode: 'default',
  minActive: 500,
  minConcept: 0,
  operators: ['or', 'and', 'and-not', 'neighbors'],
  without: [],
};
const unitCount = 1024;
/** Units searched to length 30. */
const longUnits = 128;
/** Length to which a unit is searched the reference's way: at 5 it would take a minute. */
const denseLength = 3;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];
const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

/** Search on 10,000 sentence pairs, (e) of the bench, and one unit's the reference's way. Prints as it goes. */
export async function benchPairs(say: (line: string) => void): Promise<Record<string, number>> {
  const probing = await pairsProbing();
  const { table, maps } = await ingest(probing);
  const tables = prepareSearch(table, probing.concepts, { grid: probing.grid, vectors: probing.vectors });
  say(
    `pairs: ${probing.sampleCount} pairs, ${probing.title}; ${table.cellCount} cells, ${table.conceptCount} concepts, ` +
      `${(table.signatures.length / table.cellCount).toFixed(1)} a cell`,
  );
  const cellOfPair = Array.from({ length: probing.sampleCount }, (_, pair) => sampleCells(maps, pair).palette[0]);
  const concepts = bytesOf(tables, cellOfPair);
  const { sizes } = table;
  const byFrequency = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a]);
  const masks = Array.from({ length: unitCount }, (_, unit) => plantedUnit(concepts, byFrequency, unit));
  const units = masks.map((mask) => countsOf(mask, cellOfPair));
  const cells = new UnitCells(tables);
  const timed = (chosen: SearchSettings, count: number): number[] =>
    units.slice(0, count).map((unit) => {
      const started = performance.now();
      cells.load(unit);
      beamSearch(tables, cells, chosen);
      return performance.now() - started;
    });
  const figures: Record<string, number> = {
    'pairs.cells': table.cellCount,
    'pairs.concepts': table.conceptCount,
  };
  for (const mode of ['default', 'reference'] as const) {
    const chosen = { ...settings, mode };
    const times = timed(chosen, unitCount);
    figures[`pairs.${mode}_ms_per_unit.median`] = median(times);
    figures[`pairs.${mode}_ms_per_unit.max`] = Math.max(...times);
    const shares = [0, 1].map((half) => ({
      buffers: tables.buffers,
      settings: chosen,
      units: units.filter((_, i) => i % 2 === half),
    }));
    figures[`pairs.${mode}_layer_seconds`] = await secondsOnThreads('./search-thread.ts', shares);
  }
  figures['pairs.peak_mb'] = peakMb();
  const long = timed({ ...settings, length: 30 }, longUnits);
  figures['pairs.length_30_ms_per_unit.median'] = median(long);
  figures['pairs.length_30_ms_per_unit.max'] = Math.max(...long);
  figures['pairs.length_30_peak_mb'] = peakMb();
  const dense = referenceWay(tables, cells, concepts, { mask: masks[0], counts: units[0] });
  const ours = figures['pairs.reference_ms_per_unit.median'];
  return {
    ...figures,
    'pairs.reference_way_formulas_per_unit': dense.formulas,
    'pairs.reference_way_ms_per_formula': dense.milliseconds,
    'pairs.reference_way_seconds_per_unit': (dense.formulas * dense.milliseconds) / 1000,
    'pairs.ratio_to_reference_way': (dense.formulas * dense.milliseconds) / ours,
  };
}

/** For each concept the pairs where it holds. */
function bytesOf({ cells }: SearchTables, cellOfPair: readonly number[]): PairBytes[] {
  return Array.from({ length: cells.conceptCount }, (_, concept) => {
    const held = new Set(cells.postings.subarray(cells.postingStart[concept], cells.postingStart[concept + 1]));
    return Uint8Array.from(cellOfPair, (cell) => (held.has(cell) ? 1 : 0));
  });
}

/**
 * Searches one unit the reference's way, and checks that its last beam has the scores that the search on cells finds in reference mode.
 *
 * @returns formulas that a search of the length measured above scores, and milliseconds for one
 */
function referenceWay(
  tables: SearchTables,
  cells: UnitCells,
  concepts: readonly PairBytes[],
  unit: { readonly mask: PairBytes; readonly counts: Parameters<UnitCells['load']>[0] },
): { formulas: number; milliseconds: number } {
  const neighbors = concepts.map((_, concept) => Array.from(neighborsOf(tables, concept)));
  const started = performance.now();
  const dense = denseSearch(concepts, neighbors, unit.mask, { ...settings, length: denseLength });
  const milliseconds = (performance.now() - started) / dense.formulas;
  cells.load(unit.counts);
  const { beam } = beamSearch(tables, cells, { ...settings, length: denseLength, mode: 'reference' });
  for (const [place, { score }] of beam.entries()) {
    if (score !== dense.scores[place]) {
      throw new Error(`By pairs the beam has ${dense.scores[place]} at place ${place}, by cells ${score}.`);
    }
  }
  const starts = 2 * concepts.length;
  const ofStep = (dense.formulas - starts) / (denseLength - 1);
  return { formulas: starts + ofStep * (settings.length - 1), milliseconds };
}
