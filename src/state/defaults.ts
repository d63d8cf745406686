import { defaultPairSettings, defaultSettings } from '../engine/results/default-settings.ts';
import type { ExplainSettings, ThresholdRule } from '../engine/results/explanation.ts';

/** Concepts in a formula that can be asked for. */
const LONGEST = 40;

/** Settings as the page remembers them: those of a run, which units it takes, and how many samples it reads. */
export interface PageSettings extends ExplainSettings {
  /** First and last unit, inclusive; null: all. */
  readonly units: readonly [number, number] | null;
  /** Samples to read, spread evenly over the probing set; null: all. */
  readonly samples: number | null;
}

/** What a run takes unless asked otherwise: every unit and every sample, explained as the engine does by default. */
export const defaultPageSettings: PageSettings = { ...defaultSettings, units: null, samples: null };

/**
 * Settings for sentence pairs as the page remembers them: the least pairs on which a unit must be active are a share of the pairs read,
 * since sets differ in size. Null: the paper's share.
 */
export interface PairPageSettings extends Omit<PageSettings, 'minActive'> {
  readonly leastActive: number | null;
}

/** What a run on sentence pairs takes unless asked otherwise. @param sampleCount pairs that are read */
export function defaultPairPageSettings(sampleCount: number): PageSettings {
  return { ...defaultPairSettings(sampleCount), units: null, samples: null };
}

/** Remembered settings for a set of so many pairs. */
export function settingsForPairs({ leastActive, ...settings }: PairPageSettings, sampleCount: number): PageSettings {
  const read = pairsRead(settings.samples, sampleCount);
  const minActive = leastActive === null ? defaultPairSettings(read).minActive : Math.round(leastActive * read);
  return { ...settings, minActive };
}

/** Pairs that are read of a set of so many, where so many are asked for. */
export function pairsRead(samples: number | null, sampleCount: number): number {
  return samples !== null && samples >= 1 ? Math.min(samples, sampleCount) : sampleCount;
}

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
  if (!wholeIn(settings.length, 1, LONGEST)) problems.length = `The length is a whole number from 1 to ${LONGEST}.`;
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
export function readSettings(stored: unknown, defaults: PageSettings = defaultPageSettings): PageSettings {
  const given = typeof stored === 'object' && stored !== null ? (stored as Partial<PageSettings>) : {};
  const settings: PageSettings = {
    threshold: readThreshold(given.threshold) ?? defaults.threshold,
    length: given.length ?? defaults.length,
    beam: given.beam ?? defaults.beam,
    penalty: given.penalty ?? defaults.penalty,
    candidates: given.candidates ?? null,
    mode: given.mode === 'reference' ? 'reference' : 'default',
    minActive: given.minActive ?? defaults.minActive,
    minConcept: given.minConcept ?? defaults.minConcept,
    operators: Array.isArray(given.operators)
      ? defaults.operators.filter((name) => given.operators?.includes(name))
      : defaults.operators,
    without: Array.isArray(given.without) ? given.without.filter((name) => typeof name === 'string') : [],
    units: Array.isArray(given.units) && given.units.length === 2 ? (given.units as [number, number]) : null,
    samples: given.samples ?? null,
  };
  const bad = Object.keys(settingsProblems(settings));
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      bad.includes(name) ? defaults[name as keyof PageSettings] : value,
    ]),
  ) as unknown as PageSettings;
}

/** Settings for sentence pairs from what was stored, likewise. */
export function readPairSettings(stored: unknown): PairPageSettings {
  const { minActive: _, ...settings } = readSettings(stored, defaultPairPageSettings(0));
  const share = typeof stored === 'object' && stored !== null && 'leastActive' in stored ? stored.leastActive : null;
  return { ...settings, leastActive: typeof share === 'number' && share >= 0 && share <= 1 ? share : null };
}

function readThreshold(stored: ThresholdRule | undefined): ThresholdRule | null {
  if (stored?.kind === 'quantile') return { kind: 'quantile', quantile: Number(stored.quantile) };
  if (stored?.kind === 'fixed') return { kind: 'fixed', above: Number(stored.above) };
  return null;
}

function wholeIn(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
