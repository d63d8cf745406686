import type { UnitCounts } from '../../src/engine/activation/unit-mask.ts';
import type { ConceptId } from '../../src/engine/ids.ts';
import type { SearchSettings } from '../../src/engine/results/explanation.ts';
import { beamSearch } from '../../src/engine/search/beam.ts';
import type { Node } from '../../src/engine/search/node.ts';
import { prepareSearch, type SearchTables } from '../../src/engine/search/tables.ts';
import { UnitCells } from '../../src/engine/search/unit-cells.ts';
import { areaOfRuns, denseMasks, mergeRuns, runLengths, scoreDense, type Operation } from './dense.ts';
import { paperScale, paperUnit, type PaperScale } from './paper-scale.ts';
import { secondsOnThreads } from './threads.ts';

const settings: SearchSettings = {
  length: 10,
  beam: 10,
  penalty: 1,
  candidates: null,
  mode: 'default',
  minActive: 0,
  minConcept: 0,
  operators: ['or', 'and', 'and-not'],
  without: [],
};
const unitCount = 512;

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];
const peakMb = (): number => process.resourceUsage().maxRSS / 1024;

/** Search at the paper's scale, (a) of the bench, and the same formulas by pixels, (b). Prints as it goes. */
export async function benchSearch(say: (line: string) => void): Promise<Record<string, number>> {
  const scale = paperScale(1);
  const { table } = scale;
  say(`Cell table from ${scale.source}:`);
  say(
    `  ${table.cellCount} cells, ${table.conceptCount} concepts, ${table.positionCount} positions, ` +
      `${(table.signatures.length / table.cellCount).toFixed(2)} concepts a cell`,
  );
  const concepts = Array.from({ length: table.conceptCount }, (_, i) => ({
    id: i as ConceptId,
    number: i,
    name: `c${i}`,
    category: 'object',
  }));
  const tables = prepareSearch(table, concepts, { grid: { height: 112, width: 112 } });
  const units = Array.from({ length: unitCount }, (_, unit) => paperUnit(scale, unit));
  const times: number[] = [];
  const cells = new UnitCells(tables);
  for (const unit of units) {
    const started = performance.now();
    cells.load(unit);
    beamSearch(tables, cells, settings);
    times.push(performance.now() - started);
  }
  const layerSeconds = await secondsOnThreads(
    './search-thread.ts',
    [0, 1].map((half) => ({ buffers: tables.buffers, settings, units: units.filter((_, i) => i % 2 === half) })),
  );
  const searchPeak = peakMb();
  const formulas = settings.beam * table.conceptCount * 3 * (settings.length - 1) + table.conceptCount;
  const perFormula = median(times) / formulas;
  const { dense, runs } = pixels(scale, tables, units[0]);
  return {
    'search.cells': table.cellCount,
    'search.formulas_per_unit': formulas,
    'search.ms_per_unit.median': median(times),
    'search.ms_per_unit.max': Math.max(...times),
    'search.layer_seconds': layerSeconds,
    'search.peak_mb': searchPeak,
    'search.ms_per_formula': perFormula,
    'search.dense_ms_per_formula': dense,
    'search.reference_way_ms_per_formula': runs,
    'search.ratio_to_dense': dense / perFormula,
    'search.ratio_to_reference_way': runs / perFormula,
  };
}

/**
 * Scores the formulas one unit's search went through over all positions: as dense bitsets, and by merging run lengths. Parents' masks are
 * kept, so that each formula costs one step, the least either way can do. Checks every count against the search's.
 */
function pixels(scale: PaperScale, tables: SearchTables, unit: UnitCounts): { dense: number; runs: number } {
  const cells = new UnitCells(tables);
  cells.load(unit);
  const chain: Node[] = [];
  const best = beamSearch(tables, cells, { ...settings, length: 6 }).beam[0];
  for (let node: Node | undefined = best; node; node = node.parent) chain.unshift(node);
  const masks = denseMasks(scale, [...new Set(chain.map((node) => node.concept))], unit);
  const maskOf = (node: Node): Uint32Array => {
    const mask = masks.concepts.get(node.concept);
    if (!mask) throw new Error(`Concept ${node.concept} has no mask.`);
    return mask;
  };
  const positions = scale.table.positionCount;
  const unitRuns = runLengths(masks.unit, positions);
  const conceptRuns = new Map([...masks.concepts].map(([concept, bits]) => [concept, runLengths(bits, positions)]));
  const denseTimes: number[] = [];
  const runTimes: number[] = [];
  let left = maskOf(chain[0]);
  let leftRuns = conceptRuns.get(chain[0].concept) ?? new Uint32Array();
  for (const node of chain.slice(1)) {
    const operation = node.operator as Operation;
    const out = new Uint32Array(left.length);
    let started = performance.now();
    const counted = scoreDense(left, maskOf(node), operation, masks.unit, out);
    denseTimes.push(performance.now() - started);
    started = performance.now();
    const merged = mergeRuns(leftRuns, conceptRuns.get(node.concept) ?? new Uint32Array(), operation);
    const size = areaOfRuns(merged);
    const intersection = areaOfRuns(mergeRuns(merged, unitRuns, 'and'));
    runTimes.push(performance.now() - started);
    for (const [way, found] of Object.entries({ counted, merged: { size, intersection } })) {
      if (found.size !== node.size || found.intersection !== node.intersection) {
        throw new Error(
          `By pixels (${way}) a formula has ${JSON.stringify(found)}, by cells ${node.size}, ${node.intersection}.`,
        );
      }
    }
    left = out;
    leftRuns = merged;
  }
  return { dense: median(denseTimes), runs: median(runTimes) };
}
