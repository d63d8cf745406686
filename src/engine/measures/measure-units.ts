import { UnitMasks } from '../activation/unit-masks.ts';
import type { ToMeasure, UnitMeasures } from '../analysis/measures.ts';
import type { ExplainInputs } from '../explain.ts';
import { formulaBits } from '../formula/evaluate.ts';
import { countsOfUnit, type CountedCells } from '../interchange/counted-cells.ts';
import type { SearchTables } from '../search/tables.ts';
import { FormulaCounter } from './formula-counter.ts';
import { measureWhole } from './measure.ts';
import { Measurer } from './measurer.ts';

/** The measures of units' formulas, of cells and activations that are at hand; 1,024 units on 10,000 sentence pairs take a few seconds. */
export function measureUnits(
  inputs: ExplainInputs,
  units: readonly ToMeasure[],
  onDone: (done: number, total: number) => void = () => undefined,
): readonly UnitMeasures[] {
  const { search, maps, activations } = inputs;
  const masks = new UnitMasks(activations, maps, search.cells.cellCount);
  const measurer = new Measurer(inputs, masks, new FormulaCounter(search, maps));
  return units.map((unit, at) => {
    const measured = measureUnit(measurer, unit);
    onDone(at + 1, units.length);
    return measured;
  });
}

/** The measures of one unit's formula. @throws RangeError, if the threshold is not known */
export function measureUnit(measurer: Measurer, { unit, threshold, formula }: ToMeasure): UnitMeasures {
  if (threshold === null) throw new RangeError('A mask of activations has a threshold.');
  const { formula: _, ...measures } = measurer.whole(unit, threshold, formula);
  return { unit, ...measures };
}

/** The measures of units' formulas where only the counts of a cell table are known: those counted in samples are null. */
export function measureUnitsInCells(
  counted: CountedCells,
  search: SearchTables,
  units: readonly ToMeasure[],
): readonly UnitMeasures[] {
  return units.map(({ unit, formula }) => {
    const inputs = {
      n: search.cells.n,
      counts: countsOfUnit(counted, unit, 0),
      bits: (wanted: typeof formula) => formulaBits(wanted, search),
      samples: null,
    };
    const { formula: _, ...measures } = measureWhole(formula, inputs);
    return { unit, ...measures };
  });
}
