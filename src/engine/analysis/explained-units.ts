import type { ScoredFormula, UnitExplanation } from '../results/explanation.ts';
import type { LayerResults } from '../results/layer-results.ts';

/** A unit that has a formula. */
export interface ExplainedUnit extends UnitExplanation {
  readonly best: ScoredFormula;
}

/** The explained units of a layer, in the order of the results. Those that reference mode gives a formula all the same are not among them. */
export const explainedUnits = ({ units }: Pick<LayerResults, 'units'>): readonly ExplainedUnit[] =>
  units.filter(isExplained);

/** Whether a unit has a formula that explains it. */
export const isExplained = (unit: UnitExplanation): unit is ExplainedUnit =>
  unit.state === 'explained' && unit.best !== null;

/** A unit's best formula of at most `length` concepts, 1 or more; of the most there are, where that is fewer. */
export const formulaAt = ({ best, byLength }: ExplainedUnit, length: number): ScoredFormula =>
  byLength.at(Math.min(length, byLength.length) - 1) ?? best;

/** Every length from 1 to the one asked for. */
export const lengthsOf = ({ settings }: Pick<LayerResults, 'settings'>): readonly number[] =>
  Array.from({ length: settings.length }, (_, at) => at + 1);
