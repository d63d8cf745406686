import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskTree } from '../../src/cli/disk-tree.ts';
import { openPairs } from '../../src/probing/pairs/open-pairs.ts';
import type { PairSource, SourcePair, SourceSentence } from '../../src/probing/pairs/pair-source.ts';
import { pairsSet } from '../../src/probing/pairs/pairs-set.ts';
import { readWordTable } from '../../src/probing/pairs/word-table.ts';
import type { ProbingSet } from '../../src/probing/probing-set.ts';
import { Dice } from '../../src/probing/scenes/random.ts';

/** Pairs of the paper's second task. */
const pairCount = 10_000;

/** 10,000 pairs: SNLI's development set where it is at hand, else drawn ones. */
export async function pairsProbing(): Promise<ProbingSet> {
  const table = new Uint8Array(await readFile(new URL('../../public/words/vectors.bin', import.meta.url)));
  const decode = (): never => {
    throw new Error('Pairs have no pictures.');
  };
  return pairsSet(await source(table), {}, { decode, wordTable: async () => table });
}

async function source(table: Uint8Array): Promise<PairSource> {
  const real = process.env['FORMULENS_REAL'];
  const file = join(real ?? '', 'snli', 'snli_dev.tsv');
  return real && existsSync(file) ? openPairs(await diskTree(file), {}) : drawnPairs(readWordTable(table).words);
}

/** Sentences of words drawn by Zipf's law from a list by falling frequency; a hypothesis shares some with its premise. */
function drawnPairs(words: readonly string[]): PairSource {
  const dice = new Dice(1);
  // The inverse of a sum of 1 / rank.
  const word = (): string => words[Math.floor(words.length ** dice.unit()) - 1];
  const sentence = (chosen: readonly string[]): SourceSentence => ({ text: chosen.join(' '), tokenised: true });
  const pairs = Array.from({ length: pairCount }, (_, row): SourcePair => {
    const premise = Array.from({ length: dice.whole(6, 22) }, word);
    const hypothesis = Array.from({ length: dice.whole(4, 11) }, () =>
      dice.chance(0.45) ? dice.pick(premise) : word(),
    );
    return {
      premise: sentence(premise),
      hypothesis: sentence(hypothesis),
      gold: null,
      given: null,
      name: `row ${row + 1}`,
    };
  });
  return {
    title: 'drawn by a law of Zipf (FORMULENS_REAL is not set)',
    layout: 'drawn',
    pairs,
    found: [],
    columns: null,
    digests: ['drawn 1'],
    notes: [],
    vectors: undefined,
  };
}
