/** A class with a unit's weight in its output. */
export interface ClassWeight {
  readonly name: string;
  readonly weight: number;
}

/** Differences of weights below this share of the largest are no leaning. */
const even = 1e-6;

/**
 * What a unit's weights do, in a sentence: `Where it fires, it pushes contradiction and holds entailment back.` What counts is how
 * weights differ: adding the same number to all of them changes no prediction.
 */
export function pushText(weights: readonly ClassWeight[]): string {
  if (weights.length < 2) return '';
  const sorted = [...weights].sort((one, other) => other.weight - one.weight);
  const [most, least] = [sorted[0], sorted[sorted.length - 1]];
  const size = Math.max(Math.abs(most.weight), Math.abs(least.weight));
  if (most.weight - least.weight <= even * size)
    return 'Its weights are the same for all classes: it moves none before others.';
  if (most.weight <= 0) return `Where it fires, it holds every class back, ${least.name} most and ${most.name} least.`;
  if (least.weight >= 0) return `Where it fires, it pushes every class, ${most.name} most and ${least.name} least.`;
  return `Where it fires, it pushes ${most.name} and holds ${least.name} back.`;
}
