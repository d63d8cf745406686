import type { FileTree } from '../../../../src/probing/file-tree.ts';
import { openPairs } from '../../../../src/probing/pairs/open-pairs.ts';
import type { PairOptions } from '../../../../src/probing/pairs/pair-options.ts';
import type { PairSource, SourceSentence } from '../../../../src/probing/pairs/pair-source.ts';
import { asFolder, utf8 } from '../../support/trees.ts';

/** A tree of text files. */
export function textTree(files: Readonly<Record<string, string>>): FileTree {
  return asFolder(new Map(Object.entries(files).map(([path, text]) => [path, utf8(text)])));
}

/** The pairs of a tree with this one file. */
export function pairsOf(name: string, text: string, options: PairOptions = {}): Promise<PairSource> {
  return openPairs(textTree({ [name]: text }), options);
}

/** The words of a sentence that its file has cut. */
export function givenWords({ text, tokenised, spans }: SourceSentence): string[] | undefined {
  if (!tokenised) return undefined;
  if (spans === undefined) return text.split(' ');
  return Array.from({ length: spans.length / 2 }, (_, at) => text.slice(spans[2 * at], spans[2 * at + 1]));
}

/** A pair in short: both sentences, gold label, prediction, name. */
export function inShort({ pairs }: PairSource): (string | null)[][] {
  return pairs.map(({ premise, hypothesis, gold, given, name }) => [premise.text, hypothesis.text, gold, given, name]);
}
