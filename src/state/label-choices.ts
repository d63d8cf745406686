import type { Corrections, LabelChoice } from '../engine/analysis/class-match.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { LabelFile } from '../jobs/api.ts';

/** A file of gold labels that was taken. */
export interface TakenLabels extends Pick<LabelFile, 'labelled' | 'unknown'> {
  readonly file: string;
}

/** Where chosen labels and names come from: a file, a list; null: the probing set and the model themselves. */
export interface Origins {
  readonly labels: TakenLabels | null;
  readonly names: string | null;
}

/** Results under a choice of names and gold labels, and the results they were made of. */
interface Chosen {
  readonly of: LayerResults;
  readonly results: LayerResults;
  readonly origins: Origins;
}

/** By key of the results, for as long as the page is open; those chosen last stay. */
const chosen = new Map<string, Chosen>();
const mostChosen = 8;
const noOrigins: Origins = { labels: null, names: null };

const choices = new WeakMap<LayerResults, LabelChoice>();

/** What was chosen for results that {@link choose} made; nothing for others. */
export function choiceOf(results: LayerResults): LabelChoice {
  return choices.get(results) ?? {};
}

/** Where what was chosen for results on this visit comes from. */
export function originsOf({ key }: Pick<LayerResults, 'key'>): Origins {
  return chosen.get(key)?.origins ?? noOrigins;
}

/**
 * Holds predictions against gold labels in another way from now on.
 *
 * @param choice one without anything takes everything back
 * @returns the results with the chosen names of classes; they are remembered by {@link asChosen}
 */
export function choose(results: LayerResults, choice: LabelChoice, origins: Origins): LayerResults {
  chosen.delete(results.key);
  const { classes } = results;
  if (!classes || Object.keys(choice).length === 0) return results;
  const copy = { ...results, classes: { ...classes, names: choice.names ?? classes.names } };
  choices.set(copy, choice);
  chosen.set(results.key, { of: results, results: copy, origins });
  for (const key of [...chosen.keys()].slice(0, -mostChosen)) chosen.delete(key);
  return copy;
}

/** Results with what was chosen for them on this visit; themselves where nothing was. */
export function asChosen(results: LayerResults): LayerResults {
  const known = chosen.get(results.key);
  if (!known) return results;
  return known.of === results ? known.results : choose(results, choiceOf(known.results), known.origins);
}

/**
 * Corrections with one more, or one less.
 *
 * @param place null: the label stands for no class; undefined: the correction is taken back
 * @returns undefined where none is left
 */
export function withCorrection(
  corrections: Corrections | undefined,
  label: string,
  place: number | null | undefined,
): Corrections | undefined {
  const next = new Map(corrections);
  if (place === undefined) next.delete(label);
  else next.set(label, place);
  return next.size > 0 ? next : undefined;
}
