import type { PairSource, SourcePair, SourceSentence } from '../pairs/pair-source.ts';
import { generatePairs, generatorVersion } from './generate.ts';
import type { TemplatePool } from './generate.ts';

/** Which series of pairs, and how much of it. */
export interface EntailmentSeries {
  /** Number of pairs, from 1; 10,000 where left out. */
  readonly pairs?: number;
  /** Seed of the series, a whole number; 1 where left out. The sample network was trained on series 21. */
  readonly seed?: number;
}

/** Generated pairs as a reader of files would give them; three in a row share a premise. */
export function entailmentPairs(seed: number, count: number, which: TemplatePool): SourcePair[] {
  return generatePairs(seed, count, which).map(({ premise, hypothesis, gold }, number) => ({
    premise: written(premise),
    hypothesis: written(hypothesis),
    gold,
    given: null,
    name: `pair ${number + 1}`,
  }));
}

/**
 * The generated sample: pairs of all templates, those held out of training too. The planted artefacts are listed in `artefacts.ts`.
 *
 * @throws RangeError if an option is not a whole number or `pairs` is below 1
 */
export function entailmentSource({ pairs = 10_000, seed = 1 }: EntailmentSeries = {}): PairSource {
  if (!Number.isInteger(pairs) || pairs < 1) throw new RangeError(`pairs must be a whole number from 1, not ${pairs}`);
  if (!Number.isInteger(seed)) throw new RangeError(`seed must be a whole number, not ${seed}`);
  return {
    title: 'Generated pairs',
    layout: 'Generated pairs',
    pairs: entailmentPairs(seed, pairs, 'probing'),
    found: [],
    columns: null,
    digests: [`entailment ${generatorVersion} ${seed} ${pairs}`],
    notes: ['All pairs are written by a program; none is taken from a person or a data set.'],
    vectors: undefined,
  };
}

function written(text: string): SourceSentence {
  return { text, tokenised: false };
}
