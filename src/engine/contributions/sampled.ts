import type { Grid } from '../concepts.ts';
import type { SampledMeasure } from './contributions.ts';
import { maskIous, type LayerMasks } from './mask-overlap.ts';
import { unitCorrelations } from './unit-correlations.ts';

/**
 * What upper units are made of, measured on the samples that were read: a number for each of them and each unit of the lower layer.
 *
 * @param upper with the units that are asked about
 * @param lower with the units that have masks; correlations are of all its units
 * @param grid of the probing set
 * @returns `[upper units asked about, units of the lower layer]`, the lower ones by number; NaN where there is no number
 * @throws RangeError, if the layers are of different samples
 */
export function sampledContributions(
  upper: LayerMasks,
  lower: LayerMasks,
  grid: Grid,
  by: SampledMeasure,
): Float32Array {
  if (upper.activations.sampleCount !== lower.activations.sampleCount)
    throw new RangeError('the two layers are of different samples');
  const asked = upper.units.map(({ unit }) => unit);
  if (by === 'correlation') return unitCorrelations(upper.activations, asked, lower.activations);
  const { unitCount } = lower.activations;
  const ious = maskIous(upper, lower, grid);
  const found = new Float32Array(asked.length * unitCount).fill(NaN);
  for (let row = 0; row < asked.length; row++) {
    for (const [at, { unit }] of lower.units.entries()) {
      found[row * unitCount + unit] = ious[row * lower.units.length + at];
    }
  }
  return found;
}
