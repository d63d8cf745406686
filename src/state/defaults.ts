import { defaultSettings } from '../engine/results/default-settings.ts';
import type { ExplainSettings, ThresholdRule } from '../engine/results/explanation.ts';

/** Settings as the page remembers them: those of a run, which units it takes, and how many samples it reads. */
export interface PageSettings extends ExplainSettings {
  /** First and last unit, inclusive; null: all. */
  readonly units: readonly [number, number] | null;
  /** Samples to read, spread evenly over the probing set; null: all. */
  readonly samples: number | null;
}

/** What a run takes unless asked otherwise: every unit and every sample, explained as the engine does by default. */
export const defaultPageSettings: PageSettings = { ...defaultSettings, units: null, samples: null };

/** What is wrong with settings, by field, a sentence each; empty where nothing is. */
export function settingsProblems(settings: PageSettings): Partial<Record<keyof PageSettings, string>> {
  const problems: Partial<Record<keyof PageSettings, string>> = {};
  const { threshold, units, samples } = settings;
  if (threshold.kind === 'quantile' && !(threshold.quantile > 0 && threshold.quantile < 1)) {
    problems.threshold = 'The quantile lies between 0 and 1, for example 0.005.';
  }
  if (threshold.kind === 'fixed' && !Number.isFinite(threshold.above)) {
    problems.threshold = 'The threshold is a number, for example 0.';
  }
  if (!wholeIn(settings.length, 1, 20)) problems.length = 'The length is a whole number from 1 to 20.';
  if (!wholeIn(settings.beam, 1, 500)) problems.beam = 'The beam is a whole number from 1 to 500.';
  if (!(settings.penalty > 0 && settings.penalty <= 1)) problems.penalty = 'The penalty lies above 0 and is at most 1.';
  if (settings.candidates !== null && !wholeIn(settings.candidates, 1, 1_000_000)) {
    problems.candidates = 'Candidates are a whole number from 1, or left empty for all.';
  }
  if (!wholeIn(settings.minActive, 0, Number.MAX_SAFE_INTEGER)) {
    problems.minActive = 'The smallest mask is a whole number from 0.';
  }
  if (!wholeIn(settings.minConcept, 0, Number.MAX_SAFE_INTEGER)) {
    problems.minConcept = 'The smallest concept is a whole number from 0.';
  }
  if (units && !(wholeIn(units[0], 0, units[1]) && Number.isInteger(units[1]))) {
    problems.units = 'Units are counted from 0, and the first is not above the last.';
  }
  if (samples !== null && !wholeIn(samples, 1, Number.MAX_SAFE_INTEGER)) {
    problems.samples = 'Samples are a whole number from 1, or left empty for all.';
  }
  if (settings.operators.length === 0 && settings.length > 1) {
    problems.operators =
      'Formulas of two concepts or more need an operator: choose at least one, or set the length to 1.';
  }
  return problems;
}

/** Settings from what was stored: fields that are missing or make no sense take the default. */
export function readSettings(stored: unknown): PageSettings {
  const given = typeof stored === 'object' && stored !== null ? (stored as Partial<PageSettings>) : {};
  const settings: PageSettings = {
    threshold: readThreshold(given.threshold),
    length: given.length ?? defaultPageSettings.length,
    beam: given.beam ?? defaultPageSettings.beam,
    penalty: given.penalty ?? defaultPageSettings.penalty,
    candidates: given.candidates ?? null,
    mode: given.mode === 'reference' ? 'reference' : 'default',
    minActive: given.minActive ?? defaultPageSettings.minActive,
    minConcept: given.minConcept ?? defaultPageSettings.minConcept,
    operators: Array.isArray(given.operators)
      ? defaultPageSettings.operators.filter((name) => given.operators?.includes(name))
      : defaultPageSettings.operators,
    without: Array.isArray(given.without) ? given.without.filter((name) => typeof name === 'string') : [],
    units: Array.isArray(given.units) && given.units.length === 2 ? (given.units as [number, number]) : null,
    samples: given.samples ?? null,
  };
  const bad = Object.keys(settingsProblems(settings));
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      bad.includes(name) ? defaultPageSettings[name as keyof PageSettings] : value,
    ]),
  ) as unknown as PageSettings;
}

function readThreshold(stored: ThresholdRule | undefined): ThresholdRule {
  if (stored?.kind === 'quantile') return { kind: 'quantile', quantile: Number(stored.quantile) };
  if (stored?.kind === 'fixed') return { kind: 'fixed', above: Number(stored.above) };
  return defaultPageSettings.threshold;
}

function wholeIn(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
