/**
 * Writes a series of generated pairs as a table, cut into words, for the training script.
 *
 * Usage: npx tsx scripts/entailment/dump.ts SEED COUNT train|heldout|probing FILE
 *
 * FILE gets a header and a row each pair: premise, hypothesis and gold_label, separated by tabs; words in lower case, separated by spaces.
 */
import { writeFileSync } from 'node:fs';
import { wordsOf } from '../../src/engine/text/sentence-pair.ts';
import { generatePairs } from '../../src/probing/entailment/generate.ts';
import { tokenize } from '../../src/probing/pairs/tokenize.ts';

const [seedText, countText, pool, file] = process.argv.slice(2);
const seed = Number(seedText);
const count = Number(countText);
const known = pool === 'train' || pool === 'heldout' || pool === 'probing';
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1 || !known || !file) {
  console.error('Usage: npx tsx scripts/entailment/dump.ts SEED COUNT train|heldout|probing FILE');
  process.exit(2);
}

const words = (text: string) => wordsOf({ text, spans: tokenize(text) }).join(' ');
const rows = generatePairs(seed, count, pool).map(
  ({ premise, hypothesis, gold }) => `${words(premise)}\t${words(hypothesis)}\t${gold}\n`,
);
writeFileSync(file, `premise\thypothesis\tgold_label\n${rows.join('')}`);
