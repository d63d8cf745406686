import { untrack } from 'svelte';
import { accuracyAnalysis } from '../engine/analysis/accuracy.ts';
import type { AccuracyAnalysis } from '../engine/analysis/accuracy.ts';
import { accuracyOfClasses } from '../engine/analysis/accuracy-of-classes.ts';
import { unitIous, unitsOfClass } from '../engine/analysis/class-units.ts';
import type { ClassLinks, ClassUnits } from '../engine/analysis/class-units.ts';
import type { RightCount } from '../engine/analysis/unit-tallies.ts';
import { lengthAnalysis } from '../engine/analysis/lengths.ts';
import type { LengthAnalysis } from '../engine/analysis/lengths.ts';
import type { MeasuresAnalysis } from '../engine/analysis/measures.ts';
import { uniquenessAnalysis } from '../engine/analysis/uniqueness.ts';
import type { UniquenessAnalysis, UniquenessStep } from '../engine/analysis/uniqueness.ts';
import { judgedLength } from '../engine/kinds/kind-analysis.ts';
import type { KindAnalysis } from '../engine/kinds/kind-analysis.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import { breath } from './breath.ts';
import { classLinksOf, scaleOf, standingUnits } from './class-links.ts';
import type { StandingUnits } from './class-links.ts';
import { kindsInSteps } from './kinds-in-steps.ts';
import { choiceOf } from './label-choices.ts';
import { Latest } from './latest.svelte.ts';
import { measuringOf } from './measuring.svelte.ts';

/** What each view that counts over the results shows. Null: nothing can be said (src/engine/analysis/analysis.ts). */
export interface AnalysisOfView {
  readonly lengths: LengthAnalysis;
  readonly formulas: UniquenessAnalysis;
  readonly accuracy: AccuracyAnalysis | null;
  /** By formulas of at most three concepts. */
  readonly kinds: KindAnalysis;
  /** By the longest formulas there are. */
  readonly kindsAtLongest: KindAnalysis;
  readonly classes: ShownClasses | null;
  readonly measures: MeasuresAnalysis;
}

/** Classes and units as the page shows them. */
export interface ShownClasses extends Pick<ClassLinks, 'by' | 'samples' | 'names'> {
  /** In the order of the model's output. */
  readonly classes: readonly ClassUnits[];
  readonly standing: StandingUnits;
  /** Places of the classes in the order of their names. */
  readonly byName: readonly number[];
  /** Number of a whole bar, above 0. */
  readonly scale: number;
  /** How often the model is right on the samples of each class; null where that is not known. */
  readonly accuracies: readonly RightCount[] | null;
}

type CountedView = keyof AnalysisOfView;

/** Numbers that are looked through between two breaths of the page. */
const valuesAtOnce = 65_536;

/** The order of names, with numbers in them by size. */
const inWords = new Intl.Collator('en', { numeric: true });

/** Analyses made so far, as long as their results are in memory. */
const made = new WeakMap<LayerResults, Partial<Record<CountedView, Promise<unknown>>>>();

/**
 * One analysis of results. Each is made when it is first asked for, once the page has drawn what it waits with, and kept as long as the
 * results are. Rejects where what is kept of the samples cannot be read; the next call tries again.
 */
export async function analysisOf<View extends CountedView>(
  view: View,
  results: LayerResults,
  evidence: Evidence,
): Promise<AnalysisOfView[View]> {
  const known = made.get(results) ?? {};
  made.set(results, known);
  const pending = (known[view] ??= makeThenBreathe(view, results, evidence)) as Promise<AnalysisOfView[View]>;
  try {
    return await pending;
  } catch (error) {
    delete known[view];
    throw error;
  }
}

/** The last step is no part of the task in which the page shows what was made. */
async function makeThenBreathe(view: CountedView, results: LayerResults, evidence: Evidence): Promise<unknown> {
  const analysis = await makers[view](results, evidence);
  await breath();
  return analysis;
}

const makers: {
  readonly [View in CountedView]: (results: LayerResults, evidence: Evidence) => Promise<AnalysisOfView[View]>;
} = {
  lengths: async (results) => {
    await breath();
    return lengthAnalysis(results);
  },
  formulas: uniquenessInSteps,
  accuracy: accuracyInSteps,
  kinds: (results, evidence) => kindsInSteps(results, evidence, judgedLength),
  kindsAtLongest: (results, evidence) => kindsInSteps(results, evidence, results.settings.length),
  classes: classesInSteps,
  measures: (results, evidence) => measuringOf(results).measure(results, evidence),
};

/** A length at a time, so that the page stays alive. */
async function uniquenessInSteps(results: LayerResults): Promise<UniquenessAnalysis> {
  const lengths: UniquenessStep[] = [];
  let explained = 0;
  for (let length = 1; length <= results.settings.length; length += 1) {
    await breath();
    const one = uniquenessAnalysis(atLength(results, length));
    explained = one.units;
    lengths.push({ ...one.lengths[0], length });
  }
  return { units: explained, lengths };
}

/** A length at a time, as {@link uniquenessInSteps}. */
async function accuracyInSteps(results: LayerResults, evidence: Evidence): Promise<AccuracyAnalysis | null> {
  const tallies = results.classes ? await evidence.unitTallies(choiceOf(results)) : null;
  if (!tallies) return null;
  let whole = accuracyAnalysis(atLength(results, 1), tallies);
  for (let length = 2; length <= results.settings.length; length += 1) {
    await breath();
    const one = accuracyAnalysis(atLength(results, length), tallies);
    whole = { ...one, lengths: [...whole.lengths, { ...one.lengths[0], length }] };
  }
  return whole;
}

/** Results with the formulas of one length, as if no other had been asked for. */
function atLength(results: LayerResults, length: number): Pick<LayerResults, 'units' | 'settings' | 'concepts'> {
  const { concepts, settings } = results;
  const units = results.units.map((unit) => ({ ...unit, byLength: unit.byLength.slice(0, length).slice(-1) }));
  return { units, concepts, settings: { ...settings, length: 1 } };
}

/** A few classes at a time, so that the page stays alive: a layer may have a thousand of them, and as many units. */
async function classesInSteps(results: LayerResults, evidence: Evidence): Promise<ShownClasses | null> {
  const { classes: known } = results;
  if (!known) return null;
  const choice = choiceOf(results);
  const [links, gold] = await Promise.all([
    classLinksOf(results, evidence, null),
    // Labels are shown beside the names of classes where there are any; nothing else depends on them.
    choice.gold ?? evidence.goldLabels().catch(() => null),
  ]);
  if (!links) return null;
  await breath();
  const ious = unitIous(results);
  const accuracies = gold && accuracyOfClasses(known, gold, choice.corrections);
  const { by, samples, names } = links;
  const atOnce = Math.max(1, Math.floor(valuesAtOnce / Math.max(1, links.unitCount)));
  const classes: ClassUnits[] = [];
  for (let first = 0; first < names.length; first += atOnce) {
    await breath();
    for (let place = first; place < Math.min(names.length, first + atOnce); place += 1) {
      classes.push(unitsOfClass(links, place, ious));
    }
  }
  await breath();
  const byName = [...names.keys()].sort((one, other) => inWords.compare(names[one], names[other]));
  await breath();
  const scale = scaleOf(links, known);
  await breath();
  const standing = standingUnits(classes, ious);
  return { by, samples, names, classes, standing, byName, scale, accuracies };
}

/** The analysis a page shows: of the results and the view it was last told. */
export class ShownAnalysis<View extends CountedView> {
  readonly #view: View;
  readonly #found = new Latest<AnalysisOfView[View]>();
  #results: LayerResults | null = null;
  #asked = 0;

  constructor(view: View) {
    this.#view = view;
  }

  /** Undefined while it is being made. */
  get value(): AnalysisOfView[View] | undefined {
    const { answer } = this.#found;
    return answer?.key === this.#key ? answer.value : undefined;
  }

  get fault(): Latest<unknown>['fault'] {
    return this.#found.fault;
  }

  /** Makes it where that is not done; to be called from an effect. */
  follow(results: LayerResults, evidence: Evidence): void {
    untrack(() => {
      if (results !== this.#results) this.#asked += 1;
      this.#results = results;
      const key = this.#key;
      this.#found.ask({ key, topic: key, ask: () => analysisOf(this.#view, results, evidence) });
    });
  }

  get #key(): string {
    return String(this.#asked);
  }
}
