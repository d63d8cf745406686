import type { FileTree, TreeFile } from '../file-tree.ts';
import { firstLine } from '../first-line.ts';
import { byCode } from '../ordered.ts';
import { fileName } from '../picture-paths.ts';

/** Fewer numbers a word are no word vectors. */
const LEAST_NUMBERS = 10;

/** Whether a file may hold word vectors, by its name: `glove.6B.100d.txt`, `vectors.txt`, `embeddings.txt`, `wiki.vec`. */
export function isVectorName(path: string): boolean {
  const name = fileName(path);
  return /\.vec$/i.test(name) || (/(glove|vectors|embeddings)/i.test(name) && /\.txt$/i.test(name));
}

/** The file of word vectors in a tree, the highest and then the first by name: its name says so, and its first line is a word and numbers. */
export async function vectorFile({ files }: FileTree): Promise<TreeFile | undefined> {
  const depth = (path: string): number => path.split('/').length;
  const paths = Array.from(files.keys()).filter(isVectorName);
  paths.sort((one, other) => depth(one) - depth(other) || byCode(one, other));
  for (const path of paths) {
    const file = files.get(path);
    if (file !== undefined && isVectorLine(await firstLine(file))) return file;
  }
  return undefined;
}

/** A word and its numbers, or word2vec's first line: how many words, and how many numbers each. */
function isVectorLine(line: string): boolean {
  const fields = line.trim().split(/\s+/);
  if (fields.length === 2) return fields.every((field) => /^\d+$/.test(field)) && Number(fields[1]) >= LEAST_NUMBERS;
  const numbers = fields.slice(1).filter((field) => Number.isFinite(Number(field)));
  return numbers.length >= LEAST_NUMBERS;
}
