import type { KeptActivations } from '../activation/kept.ts';

/** What is correlated: the highest value of each unit on each sample. */
type HighestValues = Pick<KeptActivations, 'unitCount' | 'sampleCount' | 'highest'>;

/** Samples below which no coefficient is given: two points always lie on a line. */
const FEWEST = 3;

/** Upper units taken at once, so that the numbers of a lower unit are read once for all of them. */
const AT_ONCE = 16;

/**
 * Pearson's r of upper and lower units, of their highest activations on a sample over the samples that were read of both layers.
 *
 * Memory: 8 bytes a sample for each of at most 16 upper units, and for one lower unit.
 *
 * @param units which of the upper layer's
 * @returns `[units asked about, units of the lower layer]`, -1 to 1; NaN where there are fewer than three samples, or one of the two has the same
 *   value on all of them, or no finite value on one
 */
export function unitCorrelations(upper: HighestValues, units: readonly number[], lower: HighestValues): Float32Array {
  const read = samplesRead(upper, lower);
  const lowers = lower.unitCount;
  const found = new Float32Array(units.length * lowers).fill(NaN);
  if (read.length < FEWEST) return found;
  const row = new Float64Array(read.length);
  for (let first = 0; first < units.length; first += AT_ONCE) {
    const some = units
      .slice(first, first + AT_ONCE)
      .map((unit) => direction(upper, unit, read, new Float64Array(read.length)));
    for (let unit = 0; unit < lowers; unit++) {
      if (!direction(lower, unit, read, row)) continue;
      for (const [at, other] of some.entries()) {
        if (!other) continue;
        let r = 0;
        for (let i = 0; i < row.length; i++) r += row[i] * other[i];
        found[(first + at) * lowers + unit] = Math.min(1, Math.max(-1, r));
      }
    }
  }
  return found;
}

function samplesRead(upper: HighestValues, lower: HighestValues): Uint32Array {
  if (upper.unitCount === 0 || lower.unitCount === 0) return new Uint32Array();
  const read: number[] = [];
  for (let sample = 0; sample < upper.sampleCount; sample++) {
    if (!Number.isNaN(upper.highest[sample]) && !Number.isNaN(lower.highest[sample])) read.push(sample);
  }
  return Uint32Array.from(read);
}

/** A unit's numbers less their mean, as a vector of length 1, written into `into`; null where there is none. */
function direction(
  { highest, sampleCount }: HighestValues,
  unit: number,
  read: Uint32Array,
  into: Float64Array,
): Float64Array | null {
  const start = unit * sampleCount;
  let sum = 0;
  let varies = false;
  for (let i = 0; i < read.length; i++) {
    const value = highest[start + read[i]];
    sum += value;
    if (value !== highest[start + read[0]]) varies = true;
  }
  if (!varies || !Number.isFinite(sum)) return null;
  const mean = sum / read.length;
  let squares = 0;
  for (let i = 0; i < read.length; i++) {
    into[i] = highest[start + read[i]] - mean;
    squares += into[i] * into[i];
  }
  const norm = Math.sqrt(squares);
  for (let i = 0; i < into.length; i++) into[i] /= norm;
  return into;
}
