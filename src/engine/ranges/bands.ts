import type { MaskSamples } from '../activation/unit-mask.ts';

/**
 * Where a unit's activation lies above one bound and not above a higher one, sample by sample: masks above bounds are nested, so it is the
 * difference of two.
 */
export class BandCounter {
  readonly #perCell: Uint32Array;

  constructor(cellCount: number) {
    this.#perCell = new Uint32Array(cellCount);
  }

  /**
   * @param lower the mask above the lower bound
   * @param upper the mask above the higher bound, a part of `lower`
   */
  between(lower: MaskSamples, upper: MaskSamples): MaskSamples {
    const perCell = this.#perCell;
    const cells = new Uint32Array(lower.cells.length);
    const counts = new Uint32Array(lower.cells.length);
    const samples = new Uint32Array(lower.samples.length);
    const start = new Uint32Array(lower.samples.length + 1);
    let met = 0;
    let end = 0;
    for (let i = 0, above = 0; i < lower.samples.length; i++) {
      const sample = lower.samples[i];
      if (above < upper.samples.length && upper.samples[above] === sample) {
        for (let at = upper.start[above]; at < upper.start[above + 1]; at++)
          perCell[upper.cells[at]] += upper.counts[at];
        above++;
      }
      const first = end;
      for (let at = lower.start[i]; at < lower.start[i + 1]; at++) {
        const cell = lower.cells[at];
        // A sample may list a cell more than once.
        const taken = Math.min(lower.counts[at], perCell[cell]);
        perCell[cell] -= taken;
        const left = lower.counts[at] - taken;
        if (left === 0) continue;
        cells[end] = cell;
        counts[end++] = left;
      }
      if (end === first) continue;
      samples[met++] = sample;
      start[met] = end;
    }
    return {
      samples: samples.slice(0, met),
      start: start.slice(0, met + 1),
      cells: cells.slice(0, end),
      counts: counts.slice(0, end),
    };
  }
}
