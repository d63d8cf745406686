import { ActivationCollector } from '../../../../src/engine/activation/collector.ts';
import { UnitMasks } from '../../../../src/engine/activation/unit-masks.ts';
import { CellPartBuilder } from '../../../../src/engine/cells/cell-part-builder.ts';
import { joinCellParts } from '../../../../src/engine/cells/join-cell-parts.ts';
import type { Concept, SampleLabels } from '../../../../src/engine/concepts.ts';
import { Explainer } from '../../../../src/engine/explain.ts';
import type { ConceptId } from '../../../../src/engine/ids.ts';
import { cellsOfRun } from '../../../../src/engine/interchange/cells-of-run.ts';
import { defaultSettings } from '../../../../src/engine/results/default-settings.ts';
import type { ExplainSettings, UnitExplanation } from '../../../../src/engine/results/explanation.ts';
import { prepareSearch } from '../../../../src/engine/search/tables.ts';
import { Dice } from '../../../../src/probing/scenes/random.ts';

const grid = { height: 8, width: 8 };
const sampleCount = 14;
const unitCount = 7;
const categories = ['object', 'part', 'color'];

export const concepts: readonly Concept[] = Array.from({ length: 12 }, (_, id) => ({
  id: id as ConceptId,
  number: 3 * id + 2,
  name: `c/${id}`,
  category: categories[id % categories.length],
}));

export const settings: ExplainSettings = {
  ...defaultSettings,
  length: 4,
  beam: 6,
  threshold: { kind: 'quantile', quantile: 0.2 },
};

/** Label maps with overlaps, gaps and a concept for the whole picture. */
function makeLabels(dice: Dice): SampleLabels {
  const planes = [0, 1].map((which) => {
    const plane = new Uint16Array(grid.height * grid.width);
    for (let patch = 0; patch < 5; patch++) {
      const [top, left] = [dice.whole(0, 6), dice.whole(0, 6)];
      const concept = 1 + which * 6 + dice.whole(0, 5);
      for (let y = top; y < Math.min(8, top + 4); y++) plane.fill(concept, y * 8 + left, y * 8 + Math.min(8, left + 3));
    }
    return plane;
  });
  return { planes, everywhere: dice.unit() < 0.5 ? [11 as ConceptId] : [] };
}

function makeActivations(dice: Dice, side: number) {
  const size = side * side;
  const values = Float32Array.from({ length: sampleCount * unitCount * size }, () => dice.between(-1, 1));
  for (let sample = 0; sample < sampleCount; sample++)
    values.fill(0.5, (sample * unitCount + 5) * size, (sample * unitCount + 6) * size);
  values[(3 * unitCount + 6) * size] = NaN;
  const collector = new ActivationCollector({ sampleCount, unitCount, height: side, width: side, keptQuantile: 1 });
  collector.add(0, sampleCount, values);
  return { values, activations: collector.finish() };
}

/**
 * A small layer on a small probing set, the same every time: 14 samples of 8 x 8 positions, 12 concepts, 7 units, of which 5 is constant and
 * 6 has a NaN.
 *
 * @param side height and width of a unit's map
 */
export function madeLayer(side = 4) {
  const dice = new Dice(20_240_607);
  const labels = Array.from({ length: sampleCount }, () => makeLabels(dice));
  const { values, activations } = makeActivations(dice, side);
  const builder = new CellPartBuilder(grid, concepts.length, sampleCount);
  for (const [sample, label] of labels.entries()) builder.add(label, sample);
  const { table, maps } = joinCellParts([builder.finish()]);
  const search = prepareSearch(table, concepts, { grid });
  const masks = new UnitMasks(activations, maps, table.cellCount);
  const run = cellsOfRun({
    search,
    masks,
    concepts,
    grid,
    threshold: settings.threshold,
    probing: {
      format: 'table',
      title: 'made up',
      contentHash: 'abc',
      sampleCount,
      grid,
      notes: [],
      synthetic: true,
    },
    activations: { kind: 'file', name: 'made.npy', hash: 'def' },
  });
  const explainer = new Explainer({ search, maps, activations }, masks);
  const expected = Array.from({ length: unitCount }, (_, unit) => explainer.explain(unit, settings));
  return { ...run, labels, values, expected, grid, sampleCount, unitCount };
}

/** What of an explanation cells alone can tell. */
export const fromCells = (explanation: UnitExplanation): UnitExplanation => ({ ...explanation, top: [] });
