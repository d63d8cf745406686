import { UnitMasks } from '../../../src/engine/activation/unit-masks.ts';
import { sampleCells, type CellMaps } from '../../../src/engine/cells/cell-maps.ts';
import { hasBit } from '../../../src/engine/bits/bitset.ts';
import { unitMask } from '../../../src/engine/activation/unit-mask.ts';
import type { KeptActivations } from '../../../src/engine/activation/kept.ts';
import { beamSearch } from '../../../src/engine/search/beam.ts';
import { cellsOf } from '../../../src/engine/search/cell-set.ts';
import type { Node } from '../../../src/engine/search/node.ts';
import { UnitCells } from '../../../src/engine/search/unit-cells.ts';
import { areaOfRuns, mergeRuns, type Operation, type RunLengths } from '../dense.ts';
import { paperSettings } from './paper-settings.ts';
import { paperPlan } from './plan.ts';
import { readActivations, readCells, type PaperCells } from './stages.ts';
import type { PaperSet } from './write-set.ts';

/** Pictures that the reference's way can bear here. */
const PICTURES = 1110;
const UNITS = 8;

/**
 * Scores formulas as the reference program does, by merging run-length masks over all positions, on a part of the same data, checks every
 * count against the search's, and says how long the paper's setting would take that way.
 */
export async function referenceWay(set: PaperSet, say: (line: string) => void): Promise<Record<string, number>> {
  const cells = await readCells(set, PICTURES);
  const activations = await readActivations(set, { pictures: PICTURES, units: UNITS }, paperSettings);
  const masks = new UnitMasks(activations, cells.maps, cells.search.cells.cellCount);
  const unitCells = new UnitCells(cells.search);
  const runTimes: number[] = [];
  let searchMs = 0;
  for (let unit = 0; unit < UNITS; unit++) {
    const threshold = masks.threshold(unit, paperSettings.threshold);
    const started = performance.now();
    unitCells.load(masks.counts(unit, threshold));
    const best = beamSearch(cells.search, unitCells, paperSettings).beam[0];
    searchMs += performance.now() - started;
    runTimes.push(...scoreChain(cells, best, unitRuns(activations, cells.maps, unit, threshold)));
  }
  const concepts = cells.search.cells.conceptCount;
  const { beam, length } = paperSettings;
  const formulas = beam * concepts * 3 * (length - 1) + concepts;
  const ours = searchMs / UNITS / formulas;
  const theirs = runTimes.reduce((sum, time) => sum + time, 0) / runTimes.length;
  const scale = paperPlan.pictures / PICTURES;
  const days = (theirs * scale * formulas * paperPlan.units) / 86_400_000;
  say(
    `Reference's way, ${PICTURES} pictures: ${theirs.toFixed(2)} ms a formula, counts equal; search on cells ` +
      `${(ours * 1e6).toFixed(0)} ns a formula, ${Math.round(theirs / ours)} to 1.`,
  );
  say(
    `  Extrapolated, not run: ${formulas} formulas a unit, ${paperPlan.units} units, ${paperPlan.pictures} pictures that way: ` +
      `${days.toFixed(0)} days on one core.`,
  );
  return {
    'paper.reference_way_ms_per_formula': theirs,
    'paper.reference_way_ratio': theirs / ours,
    'paper.reference_way_days_extrapolated': days,
  };
}

/** Times each formula on the way to the best one; its parent's mask is at hand, the least that way can do. */
function scoreChain({ maps, search }: PaperCells, best: Node, unit: RunLengths): number[] {
  const chain: Node[] = [];
  for (let node: Node | undefined = best; node; node = node.parent) chain.unshift(node);
  const runsOf = (node: Node): RunLengths =>
    formulaRuns(maps, cellsOf(search, { ...node, parent: undefined, operator: 'concept', cells: undefined }).bits);
  let left = runsOf(chain[0]);
  return chain.slice(1).map((node) => {
    const right = runsOf(node);
    const started = performance.now();
    left = mergeRuns(left, right, node.operator as Operation);
    const size = areaOfRuns(left);
    const intersection = areaOfRuns(mergeRuns(left, unit, 'and'));
    const took = performance.now() - started;
    if (size !== node.size || intersection !== node.intersection)
      throw new Error(
        `By run lengths a formula has ${size} and ${intersection}, by cells ${node.size} and ${node.intersection}.`,
      );
    return took;
  });
}

/** Positions of the pictures that were read, one after the other, as run lengths. */
function runs(maps: CellMaps, inside: (sample: number, position: number) => boolean): RunLengths {
  const found: number[] = [];
  let [value, length] = [false, 0];
  for (let sample = 0; sample < PICTURES; sample++) {
    for (let position = 0; position < maps.grid.height * maps.grid.width; position++) {
      if (inside(sample, position) === value) length++;
      else {
        found.push(length);
        [value, length] = [!value, 1];
      }
    }
  }
  found.push(length);
  return Uint32Array.from(found);
}

function formulaRuns(maps: CellMaps, bits: Uint32Array): RunLengths {
  const samples = Array.from({ length: PICTURES }, (_, sample) => {
    const { palette, index } = sampleCells(maps, sample);
    return { index, holds: Array.from(palette, (cell) => hasBit(bits, cell)) };
  });
  return runs(maps, (sample, position) => samples[sample].holds[samples[sample].index[position]]);
}

function unitRuns(activations: KeptActivations, maps: CellMaps, unit: number, threshold: number): RunLengths {
  const masks = Array.from({ length: PICTURES }, (_, sample) =>
    unitMask(activations, unit, sample, threshold, maps.grid),
  );
  return runs(maps, (sample, position) => masks[sample][position] === 1);
}
