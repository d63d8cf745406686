import { ablationAnalysis } from '../engine/ablation/ablation-analysis.ts';
import type { AblationAnalysis } from '../engine/ablation/ablation-analysis.ts';
import type { Analysis } from '../engine/analysis/analysis.ts';
import { classesOfUnit, unitIous } from '../engine/analysis/class-units.ts';
import type { ClassAnalysis, UnitClasses } from '../engine/analysis/class-units.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import type { Evidence } from '../jobs/api.ts';
import { breath } from './breath.ts';
import { analysisOf } from './analysis.svelte.ts';
import { classLinksOf } from './class-links.ts';
import { asChosen } from './label-choices.ts';
import type { OpenAblation } from './open-ablation.svelte.ts';

/** What an analysis is made of besides results and their evidence. */
export interface WholeAnalysisOptions {
  /** Units of these results that can be switched off; null: none are, and nothing is said of it. */
  readonly ablation: OpenAblation | null;
  /** Tells what is being made, in a few words. */
  readonly onStep: (step: string) => void;
  /** Ends it between two steps. */
  readonly signal: AbortSignal;
}

/** Values looked through between two breaths of the page. */
const valuesAtOnce = 65_536;

/**
 * Everything that can be said of results, as the pages show it: what they have made already is not made again.
 *
 * @throws Fault of the evidence; the signal's reason
 */
export async function wholeAnalysis(
  given: LayerResults,
  evidence: Evidence,
  { ablation, onStep, signal }: WholeAnalysisOptions,
): Promise<Analysis> {
  const results = asChosen(given);
  const step = async <Made>(words: string, make: () => Promise<Made>): Promise<Made> => {
    signal.throwIfAborted();
    onStep(words);
    return make();
  };
  return {
    lengths: await step('IoU by length', () => analysisOf('lengths', results, evidence)),
    uniqueness: await step('How varied formulas are', () => analysisOf('formulas', results, evidence)),
    kinds: await step('Kinds of units', () => analysisOf('kinds', results, evidence)),
    accuracy: await step('Accuracy where units fire', () => analysisOf('accuracy', results, evidence)),
    classes: await step('Classes and units', () => classesOf(results, evidence)),
    measures: await step('Measures', () => unlessUnknown(() => analysisOf('measures', results, evidence))),
    ablation: ablation && (await step('Units switched off', () => ablated(ablation, results, onStep, signal))),
  };
}

async function classesOf(results: LayerResults, evidence: Evidence): Promise<ClassAnalysis | null> {
  const shown = await analysisOf('classes', results, evidence);
  const links = shown && (await classLinksOf(results, evidence, null));
  if (!shown || !links) return null;
  const ious = unitIous(results);
  const atOnce = Math.max(1, Math.floor(valuesAtOnce / Math.max(1, links.names.length)));
  const units: UnitClasses[] = [];
  for (const [at, { unit }] of results.units.entries()) {
    if (at % atOnce === 0) await breath();
    units.push(classesOfUnit(links, unit, ious));
  }
  const { by, samples, names, classes } = shown;
  return { by, samples, names, classes, units };
}

async function ablated(
  { ablation, given }: OpenAblation,
  results: LayerResults,
  onStep: (step: string) => void,
  signal: AbortSignal,
): Promise<AblationAnalysis> {
  return ablationAnalysis(ablation, results, given, {
    leftOut: ablation.leftOut,
    onProgress: ({ done, total }) => onStep(`Units switched off, ${done} of ${total}`),
    signal,
  });
}

/** Activations may not be kept any more; what needs none of them is still worth being saved. */
async function unlessUnknown<Made>(make: () => Promise<Made>): Promise<Made | null> {
  try {
    return await make();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'jobs/not-kept') return null;
    throw error;
  }
}
