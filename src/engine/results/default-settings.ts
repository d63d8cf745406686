import type { ExplainSettings } from './explanation.ts';

/** What is done unless asked otherwise, in the page and on the command line: the paper's quantile and length with a wider beam. */
export const defaultSettings: ExplainSettings = {
  threshold: { kind: 'quantile', quantile: 0.005 },
  length: 3,
  beam: 10,
  penalty: 1,
  candidates: null,
  mode: 'default',
  minActive: 0,
  minConcept: 0,
  operators: ['or', 'and', 'and-not', 'neighbors'],
  without: [],
};

/** Share of pairs on which a unit must be active to be explained: 500 of 10,000 (paper, section 4.2). */
const LEAST_ACTIVE = 0.05;

/**
 * What is done with sentence pairs unless asked otherwise (paper, section 4.2): a unit fires above 0, and must do so on 500 of 10,000 pairs;
 * formulas have up to five concepts.
 *
 * @param sampleCount pairs that are read
 */
export function defaultPairSettings(sampleCount: number): ExplainSettings {
  const minActive = Math.round(LEAST_ACTIVE * sampleCount);
  return { ...defaultSettings, threshold: { kind: 'fixed', above: 0 }, length: 5, minActive };
}
