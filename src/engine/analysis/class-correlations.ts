import type { KeptActivations } from '../activation/kept.ts';

/** What is correlated: the highest value of each unit, or the output of each class, on each sample. */
export type HighestValues = Pick<KeptActivations, 'unitCount' | 'sampleCount' | 'highest'>;

/** How units and classes go together over the samples that were read. */
export interface ClassCorrelations {
  /** Samples over which they are correlated. */
  readonly samples: number;
  /**
   * `[units asked for * classes]` Pearson's r of a unit's highest activation on a sample and the class's output for it, unit by unit; NaN where there are
   * fewer than three samples, one of the two is the same on all of them, or is no finite number on one.
   */
  readonly r: Float32Array;
}

/** Samples below which no coefficient is given: two points always lie on a line. */
const FEWEST = 3;

/** Units that are taken at once, so that each output of a class is read a quarter as often. */
const AT_ONCE = 4;

/**
 * Correlates units with the outputs of classes. Takes a multiplication for each unit, class and sample; and memory for the numbers of four
 * units, besides the answer.
 *
 * @param layer activations of a layer; NaN on samples that were not read
 * @param outputs of the same samples, the classes in place of units
 * @param range first unit, and the one after the last; all unless told
 * @throws RangeError, if the two are of different samples
 */
export function correlateClasses(
  layer: HighestValues,
  outputs: HighestValues,
  [firstUnit, end]: readonly [number, number] = [0, layer.unitCount],
): ClassCorrelations {
  const { sampleCount, highest } = layer;
  if (outputs.sampleCount !== sampleCount) throw new RangeError('units and classes are of different samples');
  const read = samplesRead(layer, outputs);
  const classes = outputs.unitCount;
  const samples = read.length;
  const r = new Float32Array((end - firstUnit) * classes).fill(NaN);
  if (samples < FEWEST) return { samples, r };
  const means = new Float64Array(classes);
  const norms = new Float64Array(classes);
  for (let one = 0; one < classes; one++) {
    const [mean, norm] = spreadOf(outputs.highest, one * sampleCount, read);
    means[one] = mean;
    norms[one] = norm;
  }
  const off = new Float64Array(AT_ONCE * samples);
  const unitNorms = new Float64Array(AT_ONCE);
  for (let first = firstUnit; first < end; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, end - first);
    off.fill(0);
    for (let at = 0; at < count; at++) {
      const start = (first + at) * sampleCount;
      const [mean, norm] = spreadOf(highest, start, read);
      unitNorms[at] = norm;
      if (norm > 0) for (let i = 0; i < samples; i++) off[i * AT_ONCE + at] = (highest[start + read[i]] - mean) / norm;
    }
    for (let one = 0; one < classes; one++) {
      if (!(norms[one] > 0)) continue;
      const start = one * sampleCount;
      const mean = means[one];
      let [a, b, c, d] = [0, 0, 0, 0];
      for (let i = 0, at = 0; i < samples; i++, at += AT_ONCE) {
        const value = outputs.highest[start + read[i]] - mean;
        a += value * off[at];
        b += value * off[at + 1];
        c += value * off[at + 2];
        d += value * off[at + 3];
      }
      const products = [a, b, c, d];
      for (let at = 0; at < count; at++) {
        if (!(unitNorms[at] > 0)) continue;
        r[(first - firstUnit + at) * classes + one] = Math.min(1, Math.max(-1, products[at] / norms[one]));
      }
    }
  }
  return { samples, r };
}

/** Samples that were read, of units and of classes. */
function samplesRead(layer: HighestValues, outputs: HighestValues): Uint32Array {
  if (layer.unitCount === 0 || outputs.unitCount === 0) return new Uint32Array();
  const read: number[] = [];
  for (let sample = 0; sample < layer.sampleCount; sample++) {
    if (!Number.isNaN(layer.highest[sample]) && !Number.isNaN(outputs.highest[sample])) read.push(sample);
  }
  return Uint32Array.from(read);
}

/** Mean of numbers, and the length of the vector of their differences from it; 0 where all are equal, or one is not finite. */
function spreadOf(values: Float32Array, start: number, read: Uint32Array): readonly [mean: number, norm: number] {
  const n = read.length;
  let sum = 0;
  let varies = false;
  for (let i = 0; i < n; i++) {
    const value = values[start + read[i]];
    sum += value;
    if (value !== values[start + read[0]]) varies = true;
  }
  if (!varies || !Number.isFinite(sum)) return [0, 0];
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[start + read[i]] - mean) ** 2;
  return [mean, Math.sqrt(squares)];
}
