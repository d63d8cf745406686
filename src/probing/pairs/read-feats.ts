import { probingFaults } from '../errors.ts';
import type { TreeFile } from '../file-tree.ts';
import type { PairLabels } from './label-file.ts';
import type { SourceSentence } from './pair-source.ts';
import { readLines } from './read-lines.ts';
import type { ReadPairs } from './read-pairs.ts';
import { AlternateLines } from './read-tok.ts';

/** The Penn Treebank's tag of words that have none. */
const NO_TAG = 'XX';

/** What the first line says about the fields of every word. */
interface Fields {
  /** Fields of a word, the word itself counted. */
  readonly count: number;
  /** Places of tag and lemma among them; -1 where there is none. */
  readonly tag: number;
  readonly lemma: number;
}

/**
 * Reads the reference program's annotated `.feats`. The first line names the fields, `lemma;open|tag;closed|...`; every other line is a sentence,
 * premise and hypothesis by turns, whose words are separated by spaces and carry their fields: `walking|walk|VBG|...`. Words, tags and lemmas
 * are read, other fields passed over.
 *
 * @param labels of the pairs, from a file beside it
 * @throws Fault naming file, line and word
 */
export async function readFeats(file: TreeFile, labels: PairLabels | undefined): Promise<ReadPairs> {
  let fields: Fields | undefined;
  const lines = new AlternateLines(file.path, labels, (line, number) => {
    const words = line.trim() === '' ? [] : line.trim().split(/\s+/);
    return fields === undefined ? { text: '', tokenised: true } : sentenceOf(file.path, words, number, fields);
  });
  const digest = await readLines(file, (line, number) => {
    if (fields === undefined) fields = readHeader(file.path, line);
    else lines.add(line, number);
  });
  return lines.finish('Annotated pairs (.feats)', digest);
}

function readHeader(file: string, line: string): Fields {
  const names = line.trim().split('|');
  if (!names.every((name) => /^[^;\s]+;(open|closed|multi)$/.test(name)))
    throw probingFaults['pair-feats-header'](file);
  const place = (wanted: string): number => names.findIndex((name) => name.startsWith(`${wanted};`));
  return { count: names.length + 1, tag: place('tag') + 1 || -1, lemma: place('lemma') + 1 || -1 };
}

function sentenceOf(file: string, words: readonly string[], line: number, fields: Fields): SourceSentence {
  const parts = words.map((word) => word.split('|'));
  const odd = parts.findIndex((part) => part.length !== fields.count || part[0] === '');
  if (odd >= 0) {
    const shown = words[odd].length > 60 ? `${words[odd].slice(0, 60)}...` : words[odd];
    throw probingFaults['pair-feats-word'](file, line, shown, parts[odd].length, fields.count);
  }
  return {
    text: parts.map(([word]) => word).join(' '),
    tokenised: true,
    ...(fields.tag > 0 && { tags: parts.map((part) => part[fields.tag] || NO_TAG) }),
    ...(fields.lemma > 0 && { lemmas: parts.map((part) => part[fields.lemma].toLowerCase()) }),
  };
}
