import type { CellMaps } from '../cells/cell-maps.ts';
import { Recent } from '../recent.ts';
import type { ThresholdRule } from '../results/explanation.ts';
import type { KeptActivations } from './kept.ts';
import { unitThreshold } from './threshold.ts';
import { UnitCounter, type MaskSamples, type UnitCounts } from './unit-mask.ts';

/** Masks kept for the next question about the same unit. */
const keptMasks = 8;

/** Masks of units as counts over cells; those asked for last are kept, so that another search over the same mask begins at once. */
export class UnitMasks {
  readonly activations: KeptActivations;
  readonly #counter: UnitCounter;
  readonly #thresholds = new Recent<number>(4 * keptMasks);
  readonly #counts = new Recent<UnitCounts>(keptMasks);
  readonly #samples = new Recent<MaskSamples>(keptMasks);

  constructor(activations: KeptActivations, maps: CellMaps, cellCount: number) {
    this.activations = activations;
    this.#counter = new UnitCounter(activations, maps, cellCount);
  }

  /** See {@link unitThreshold}. */
  threshold(unit: number, rule: ThresholdRule): number {
    if (rule.kind !== 'quantile') return unitThreshold(this.activations, unit, rule);
    return this.#thresholds.get(`${unit} ${rule.quantile}`, () => unitThreshold(this.activations, unit, rule));
  }

  /** See {@link UnitCounter.count}. */
  counts(unit: number, threshold: number): UnitCounts {
    return this.#counts.get(`${unit} ${threshold}`, () => this.#counter.count(this.bySample(unit, threshold)));
  }

  /** See {@link UnitCounter.bySample}. */
  bySample(unit: number, threshold: number): MaskSamples {
    return this.#samples.get(`${unit} ${threshold}`, () => this.#counter.bySample(unit, threshold));
  }
}
