import type { UnitCounts } from '../activation/unit-mask.ts';
import type { Formula } from '../formula/formula.ts';
import type { FormulaMeasures } from '../results/measures.ts';
import { measureFormula } from './measure.ts';

const NO_SAMPLES = {
  mask: { samples: new Uint32Array(), start: new Uint32Array(1), cells: new Uint32Array(), counts: new Uint32Array() },
  highest: new Float32Array(),
};

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
  return measureFormula(formula, {
    n,
    // How many samples of them the formula meets is not known, so neither is a share.
    counts: { ...counts, firing: 0 },
    bits,
    samples: { ...NO_SAMPLES, formula: { bits: bits(formula), inSamples: new Uint32Array() } },
    rising: new Uint32Array(),
  });
}
