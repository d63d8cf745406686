import { defaultSettings as defaults } from '../engine/results/default-settings.ts';
import type { ExplainSettings, SearchOperator, ThresholdRule } from '../engine/results/explanation.ts';
import { cliFaults } from './errors.ts';
import { names, number, whole } from './option-values.ts';

/** Options that decide a search, for `parseArgs`. */
export const searchOptions = {
  length: { type: 'string', default: String(defaults.length) },
  beam: { type: 'string', default: String(defaults.beam) },
  penalty: { type: 'string', default: String(defaults.penalty) },
  candidates: { type: 'string' },
  operators: { type: 'string' },
  without: { type: 'string' },
  mode: { type: 'string', default: defaults.mode },
  'min-active': { type: 'string', default: String(defaults.minActive) },
  'min-concept': { type: 'string', default: String(defaults.minConcept) },
} as const;

/** Options of which one decides thresholds, for `parseArgs`. */
export const thresholdOptions = {
  quantile: { type: 'string' },
  above: { type: 'string' },
  thresholds: { type: 'string' },
} as const;

/** Values of {@link searchOptions} and {@link thresholdOptions} as they were given. */
export interface SettingsWords {
  readonly length: string;
  readonly beam: string;
  readonly penalty: string;
  readonly candidates?: string | undefined;
  readonly operators?: string | undefined;
  readonly without?: string | undefined;
  readonly mode: string;
  readonly 'min-active': string;
  readonly 'min-concept': string;
  readonly quantile?: string | undefined;
  readonly above?: string | undefined;
  readonly thresholds?: string | undefined;
}

/** Names of the operators a search may use. */
const operatorNames: readonly SearchOperator[] = defaults.operators;

/** The settings the words stand for. @throws Fault `cli/usage` */
export function readSettings(words: SettingsWords): ExplainSettings {
  const { mode, candidates } = words;
  if (mode !== 'default' && mode !== 'reference')
    throw cliFaults.usage(`--mode takes default or reference, not ${mode}.`);
  return {
    length: whole('--length', words.length, 1, 100),
    beam: whole('--beam', words.beam, 1, 1000),
    penalty: number('--penalty', words.penalty, (value) => value > 0 && value <= 1, 'above 0 and at most 1'),
    candidates: candidates === undefined ? defaults.candidates : whole('--candidates', candidates, 1, 65_535),
    minActive: whole('--min-active', words['min-active'], 0, Number.MAX_SAFE_INTEGER),
    minConcept: whole('--min-concept', words['min-concept'], 0, Number.MAX_SAFE_INTEGER),
    threshold: thresholdRule(words),
    mode,
    operators: words.operators === undefined ? defaults.operators : operators(words.operators),
    without: words.without === undefined ? defaults.without : names(words.without),
  };
}

const fieldOf: Readonly<Record<string, keyof ExplainSettings>> = {
  ...{ length: 'length', beam: 'beam', penalty: 'penalty', candidates: 'candidates', operators: 'operators' },
  ...{ without: 'without', mode: 'mode', 'min-active': 'minActive', 'min-concept': 'minConcept' },
  ...{ quantile: 'threshold', above: 'threshold', thresholds: 'threshold' },
};

/** Of settings those that were asked for by name. @param given names of the options that were given */
export function explicitSettings(settings: ExplainSettings, given: ReadonlySet<string>): Partial<ExplainSettings> {
  const fields = [...given].map((name) => fieldOf[name]).filter((field) => field !== undefined);
  return Object.fromEntries(fields.map((field) => [field, settings[field]]));
}

/** Was a threshold asked for? */
export const hasThreshold = ({ quantile, above, thresholds }: SettingsWords): boolean =>
  [quantile, above, thresholds].some((value) => value !== undefined);

function operators(text: string): readonly SearchOperator[] {
  const asked = names(text);
  const wrong = asked.find((name) => !operatorNames.some((operator) => operator === name));
  if (wrong !== undefined) {
    throw cliFaults.usage(`--operators takes some of ${operatorNames.join(', ')}, not ${wrong || 'empty'}.`);
  }
  return operatorNames.filter((operator) => asked.includes(operator));
}

function thresholdRule({ quantile, above, thresholds }: SettingsWords): ThresholdRule {
  if ([quantile, above, thresholds].filter((value) => value !== undefined).length > 1) {
    throw cliFaults.usage('Give one of --quantile, --above and --thresholds.');
  }
  if (above !== undefined) return { kind: 'fixed', above: number('--above', above, Number.isFinite, 'a number') };
  if (quantile === undefined) return defaults.threshold;
  const share = number('--quantile', quantile, (value) => value > 0 && value < 1, 'between 0 and 1');
  return { kind: 'quantile', quantile: share };
}
