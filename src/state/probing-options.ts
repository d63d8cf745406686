import type { ProbingOptions, ProbingSurvey } from '../jobs/api.ts';
import type { PairColumns, PairOptions } from '../probing/pairs/pair-options.ts';
import { readStored, writeStored } from './stored.ts';

/** The category of computed concepts (src/probing/annotated/with-colors.ts). */
const colorCategory = 'color';

/** The end of the names of categories of lemmas (docs/text.md). */
const lemmaEnding = ':lemma';
const lemmaCategories = ['pre:lemma', 'hyp:lemma'];

/** A choice that a person has about a probing set. */
export interface ProbingChoice {
  readonly kind: 'category' | 'split';
  readonly name: string;
  readonly on: boolean;
}

/** What is read of a probing set, in full; `pairs` only of sentence pairs. */
export type ReadOptions = Required<Omit<ProbingOptions, 'pairs'>> & Pick<ProbingOptions, 'pairs'>;

/** Whether color concepts can be computed from the pixels, now or if asked. */
function canCompute({ colors }: ProbingSurvey): boolean {
  return colors === 'computed' || colors === 'off';
}

/** Whether a category's concepts are, or would be, computed from the pixels. */
export function isComputed(survey: ProbingSurvey, category: string): boolean {
  return category === colorCategory && canCompute(survey);
}

/** What is read of a probing set, as its survey says. */
export function optionsOf(survey: ProbingSurvey): ReadOptions {
  const { categories, splits, colors, pairs } = survey;
  return {
    categories: categories.filter(({ probed }) => probed).map(({ name }) => name),
    splits: splits.filter(({ chosen }) => chosen).map(({ name }) => name),
    colors: colors === 'computed',
    ...(pairs ? { pairs: pairOptionsOf(pairs) } : {}),
  };
}

/**
 * What shall be read after a choice, in words a reader takes: what holds for all, or does not concern the set, is left out.
 *
 * @param options what is read now, or was asked for last
 */
export function optionsAfter(survey: ProbingSurvey, options: ProbingOptions, choice: ProbingChoice): ProbingOptions {
  const now = { ...optionsOf(survey), ...options };
  const chosen = (all: readonly { readonly name: string }[], names: readonly string[], kind: ProbingChoice['kind']) =>
    all
      .map(({ name }) => name)
      .filter((name) => (choice.kind === kind && choice.name === name ? choice.on : names.includes(name)));
  const splits = chosen(survey.splits, now.splits, 'split');
  return {
    categories: chosen(survey.categories, now.categories, 'category'),
    ...(splits.length < survey.splits.length ? { splits } : {}),
    ...(canCompute(survey)
      ? { colors: choice.kind === 'category' && isComputed(survey, choice.name) ? choice.on : now.colors }
      : {}),
    ...(now.pairs ? { pairs: now.pairs } : {}),
  };
}

/**
 * What shall be read of sentence pairs after a choice about them, likewise. Categories that are left out stay so; those of lemmas come and
 * go with the lemmas.
 */
export function pairOptionsAfter(survey: ProbingSurvey, options: ProbingOptions, change: PairOptions): ProbingOptions {
  const { categories, pairs, splits } = { ...optionsOf(survey), ...options };
  const chosen = categories.filter((name) => !name.endsWith(lemmaEnding));
  const all = survey.categories.filter(({ name }) => !name.endsWith(lemmaEnding)).length;
  const next = { ...pairs, ...change };
  const hadLemmas = pairs?.lemmas === true;
  const lemmas = hadLemmas ? categories.filter((name) => name.endsWith(lemmaEnding)) : lemmaCategories;
  const whole = chosen.length === all && lemmas.length === lemmaCategories.length;
  return {
    ...(whole ? {} : { categories: next.lemmas ? [...chosen, ...lemmas] : chosen }),
    ...(splits.length < survey.splits.length ? { splits } : {}),
    pairs: next,
  };
}

function pairOptionsOf({ columns, tokens, words, overlap, lemmas }: NonNullable<ProbingSurvey['pairs']>): PairOptions {
  return { ...(columns ? { columns } : {}), tokens, words, overlap, lemmas };
}

const storedUnder = 'probing-options';
const mostStored = 24;

/** Remembers what of a probing set was read, so that the same folder opened again is the same probing set. */
export function keepOptions(contentHash: string, options: ProbingOptions): void {
  const others = storedOptions().filter(([hash]) => hash !== contentHash);
  writeStored(storedUnder, [[contentHash, options], ...others].slice(0, mostStored));
}

/** What of a probing set was read when it had this hash; undefined where nothing else than usual, or where that is not known. */
export function keptOptions(contentHash: string): ProbingOptions | undefined {
  return storedOptions().find(([hash]) => hash === contentHash)?.[1];
}

function storedOptions(): readonly (readonly [hash: string, options: ProbingOptions])[] {
  const stored = readStored(storedUnder);
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((entry: unknown) => {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string' || typeof entry[1] !== 'object' || entry[1] === null)
      return [];
    const { categories, splits, colors, pairs } = entry[1] as Record<string, unknown>;
    const options: ProbingOptions = {
      ...(isNames(categories) ? { categories } : {}),
      ...(isNames(splits) ? { splits } : {}),
      ...(typeof colors === 'boolean' ? { colors } : {}),
      ...(typeof pairs === 'object' && pairs !== null ? { pairs: readPairOptions(pairs) } : {}),
    };
    return [[entry[0], options] as const];
  });
}

function readPairOptions(stored: object): PairOptions {
  const { columns, tokens, words, overlap, lemmas } = stored as Record<string, unknown>;
  return {
    ...(isColumns(columns) ? { columns } : {}),
    ...(tokens === 'given' || tokens === 'cut' ? { tokens } : {}),
    ...(typeof words === 'number' && Number.isInteger(words) && words >= 0 ? { words } : {}),
    ...(overlap === 'paper' || overlap === 'reference' ? { overlap } : {}),
    ...(typeof lemmas === 'boolean' ? { lemmas } : {}),
  };
}

function isColumns(value: unknown): value is PairColumns {
  if (typeof value !== 'object' || value === null) return false;
  const { premise, hypothesis, gold, prediction } = value as Record<string, unknown>;
  const named = [premise, hypothesis].every((name) => typeof name === 'string');
  return named && [gold, prediction].every((name) => name === null || typeof name === 'string');
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}
