import type { KeptActivations } from '../activation/kept.ts';
import type { UnitExplanation } from './explanation.ts';

/**
 * The class with the largest output of each sample, the first of equals; -1 for samples that were not read.
 *
 * @param output activations of the class output
 */
export function predictedClasses({ unitCount, sampleCount, highest }: KeptActivations): readonly number[] {
  return Array.from({ length: sampleCount }, (_, sample) => {
    let best = -1;
    for (let unit = 0; unit < unitCount; unit++) {
      const value = highest[unit * sampleCount + sample];
      if (Number.isNaN(value)) return -1;
      if (best < 0 || value > highest[best * sampleCount + sample]) best = unit;
    }
    return best;
  });
}

/** Explanations whose top samples tell the word where the layer's tokens peak. @param words see wordsLayer of src/pipeline/companions.ts */
export function withWords(
  units: readonly UnitExplanation[],
  { sampleCount, highest }: Pick<KeptActivations, 'sampleCount' | 'highest'>,
): readonly UnitExplanation[] {
  return units.map((unit) => ({
    ...unit,
    top: unit.top.map((top) => ({ ...top, word: highest[unit.unit * sampleCount + top.sample] })),
  }));
}

/** Samples whose highest value of a unit lies above a threshold, ascending: those where its mask is not empty, where a sample has one position. */
export function samplesAbove(
  { sampleCount, highest }: Pick<KeptActivations, 'sampleCount' | 'highest'>,
  unit: number,
  threshold: number,
): readonly number[] {
  const samples: number[] = [];
  for (let sample = 0; sample < sampleCount; sample++)
    if (highest[unit * sampleCount + sample] > threshold) samples.push(sample);
  return samples;
}
