import type { UnitMasks } from '../activation/unit-masks.ts';
import type { ExplainInputs } from '../explain.ts';
import type { Formula } from '../formula/formula.ts';
import { Recent } from '../recent.ts';
import type { FormulaMeasures, SampleList, SampleListKind, WholeMeasures } from '../results/measures.ts';
import { byRisingValue } from './auroc.ts';
import type { FormulaCounter } from './formula-counter.ts';
import { measureFormula, measureWhole, type MeasureInputs } from './measure.ts';
import { sampleList, type SampleCounts } from './sample-lists.ts';

/** Holds formulas against units' masks. Keep one for each worker: it keeps the counts of the last units and formulas. */
export class Measurer {
  readonly #inputs: ExplainInputs;
  readonly #masks: UnitMasks;
  readonly #formulas: FormulaCounter;
  readonly #rising = new Recent<Uint32Array>(8);

  /**
   * @param masks of the same activations, where others ask for them too
   * @param formulas of the same cells, likewise
   */
  constructor(inputs: ExplainInputs, masks: UnitMasks, formulas: FormulaCounter) {
    this.#inputs = inputs;
    this.#masks = masks;
    this.#formulas = formulas;
  }

  /** @param threshold of the mask, as explanations have it */
  measure(unit: number, threshold: number, formula: Formula): FormulaMeasures {
    return measureFormula(formula, this.#against(unit, threshold, this.#formulas.inSamples(formula)));
  }

  /** {@link measure} without the parts, for many units and formulas, each asked about once. */
  whole(unit: number, threshold: number, formula: Formula): WholeMeasures {
    return measureWhole(formula, this.#against(unit, threshold, this.#formulas.holds(formula)));
  }

  /** @throws RangeError, if `formula` is null for a list that needs one */
  sampleList(unit: number, threshold: number, formula: Formula | null, kind: SampleListKind): SampleList {
    return sampleList({ ...this.#samples(unit, threshold), formula: formula && this.#held(formula) }, kind);
  }

  #against(unit: number, threshold: number, holds: Uint8Array | Uint32Array): MeasureInputs {
    const samples = this.#samples(unit, threshold);
    const { paletteStart } = this.#inputs.maps;
    const wasRead = (sample: number): boolean => paletteStart[sample + 1] > paletteStart[sample];
    const rising = this.#rising.get(String(unit), () => byRisingValue(samples.highest, wasRead));
    return {
      n: this.#inputs.search.cells.n,
      counts: this.#masks.counts(unit, threshold),
      bits: (part) => this.#formulas.bits(part),
      samples: { ...samples, holds, rising },
    };
  }

  #samples(unit: number, threshold: number): Omit<SampleCounts, 'formula'> {
    const { highest, sampleCount } = this.#inputs.activations;
    return {
      mask: this.#masks.bySample(unit, threshold),
      highest: highest.subarray(unit * sampleCount, (unit + 1) * sampleCount),
    };
  }

  #held(formula: Formula) {
    return { bits: this.#formulas.bits(formula), inSamples: this.#formulas.inSamples(formula) };
  }
}
