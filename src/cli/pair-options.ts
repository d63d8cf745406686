import type { PairColumns, PairOptions } from '../probing/pairs/pair-options.ts';
import { cliFaults } from './errors.ts';
import { names, whole } from './option-values.ts';

/** Options about sentence pairs and models of them, for `parseArgs`. */
export const pairOptions = {
  columns: { type: 'string' },
  words: { type: 'string' },
  overlap: { type: 'string' },
  lemmas: { type: 'boolean', default: false },
  tokens: { type: 'string' },
  vectors: { type: 'string' },
  tokenizer: { type: 'string' },
  classes: { type: 'string' },
  'max-tokens': { type: 'string' },
} as const;

/** Values of {@link pairOptions} that say what becomes of the words. */
interface PairWords {
  readonly columns?: string | undefined;
  readonly words?: string | undefined;
  readonly overlap?: string | undefined;
  readonly lemmas: boolean;
  readonly tokens?: string | undefined;
}

/** What the words ask for; undefined where they ask for nothing. @throws Fault `cli/usage` */
export function readPairOptions({ columns, words, overlap, lemmas, tokens }: PairWords): PairOptions | undefined {
  if (overlap !== undefined && overlap !== 'paper' && overlap !== 'reference')
    throw cliFaults.usage(`--overlap takes paper or reference, not ${overlap}.`);
  if (tokens !== undefined && tokens !== 'given' && tokens !== 'cut')
    throw cliFaults.usage(`--tokens takes given or cut, not ${tokens}.`);
  const options: PairOptions = {
    ...(columns !== undefined && { columns: columnsOf(columns) }),
    ...(words !== undefined && { words: whole('--words', words, 1, 30_000) }),
    ...(overlap !== undefined && { overlap }),
    ...(lemmas && { lemmas }),
    ...(tokens !== undefined && { tokens }),
  };
  return Object.keys(options).length === 0 ? undefined : options;
}

function columnsOf(text: string): PairColumns {
  const [premise, hypothesis, gold = null, prediction = null, ...more] = names(text);
  if (hypothesis === undefined || more.length > 0)
    throw cliFaults.usage('--columns takes the columns of premise and hypothesis, then of gold label and prediction.');
  return { premise, hypothesis, gold, prediction };
}
