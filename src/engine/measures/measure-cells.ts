import type { UnitCounts } from '../activation/unit-mask.ts';
import type { Formula } from '../formula/formula.ts';
import type { FormulaMeasures } from '../results/measures.ts';
import { measureFormula } from './measure.ts';

/**
 * Holds a formula against a mask of which only its positions in each cell are known: what is said of samples is null.
 *
 * @param n `[cells]` positions in each cell
 * @param bits the cells in which a formula holds
 */
export function measureInCells(
  formula: Formula,
  n: Uint32Array,
  counts: UnitCounts,
  bits: (formula: Formula) => Uint32Array,
): FormulaMeasures {
  return measureFormula(formula, { n, counts, bits, samples: null });
}
