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
