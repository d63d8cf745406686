import { probingFaults } from '../errors.ts';
import type { FileTree } from '../file-tree.ts';
import { isPicture } from '../picture-paths.ts';
import type { SplitSurvey } from '../probing-set.ts';
import { MOST_PAIRS } from './gather-pairs.ts';
import { labelsBeside } from './label-file.ts';
import { lonePairFile, oneOfEach, pairFiles, type PairFile } from './pair-files.ts';
import type { PairColumns, PairOptions } from './pair-options.ts';
import type { PairSource, SourcePair } from './pair-source.ts';
import { chooseSplits, countPairs, namedSplits, type NamedFile } from './pair-splits.ts';
import { readCsv } from './read-csv.ts';
import { readFeats } from './read-feats.ts';
import { readJsonl } from './read-jsonl.ts';
import type { ReadPairs } from './read-pairs.ts';
import { readTable } from './read-table.ts';
import { readTok } from './read-tok.ts';
import { vectorFile } from './vector-file.ts';

/** Whether a tree holds sentence pairs: it has no pictures, and at its top a file whose ending or first line says so. */
export async function recognisePairs(tree: FileTree): Promise<boolean> {
  return !hasPictures(tree) && (await pairFiles(tree, undefined)).length > 0;
}

/** Whether a tree is a single file that was dropped for itself and may hold sentence pairs: its reader says what is wrong with it. */
export function recogniseLonePairs(tree: FileTree): boolean {
  const lone = lonePairFile(tree);
  return lone !== undefined && tree.files.get(lone.file.path) === lone.file;
}

/**
 * Reads sentence pairs in any of the forms of docs/formats.md. Of several files (train, dev, test) those asked for are read, unless asked the
 * development set.
 *
 * @param options the columns in force, where a person chose them
 * @param splits names of the files to read, as `splits` of the result has them
 * @throws Fault naming file and row
 */
export async function openPairs(tree: FileTree, options: PairOptions, splits?: readonly string[]): Promise<PairSource> {
  const { columns } = options;
  const found = await pairFiles(tree, columns);
  const lone = found.length === 0 ? lonePairFile(tree) : undefined;
  const files = lone === undefined ? found : [lone];
  if (files.length === 0) throw probingFaults['pair-none'](tree.name);
  const { kept, aside } = oneOfEach(files);
  const all = namedSplits(kept);
  const chosen = chooseSplits(tree.name, all, splits);

  const read: ReadPairs[] = [];
  const digests: string[] = [];
  for (const { file, form } of chosen) {
    const result = await readFile(tree, { file, form }, columns, digests);
    read.push(result);
    if (read.reduce((sum, { pairs }) => sum + pairs.length, 0) > MOST_PAIRS)
      throw probingFaults['pair-most'](tree.name, MOST_PAIRS);
  }
  const [first] = read;
  return {
    title: tree.name,
    layout: Array.from(new Set(read.map(({ layout }) => layout))).join(', '),
    pairs: read.length === 1 ? first.pairs : read.flatMap(({ pairs }, at) => inSplit(pairs, chosen[at].split)),
    found: first.found,
    columns: first.columns,
    digests,
    notes: [...read.flatMap(({ notes }) => notes), ...asideNotes(aside, kept), ...choiceNotes(all, chosen, splits)],
    vectors: await vectorFile(tree),
    splits: all.length === 1 ? [] : await surveySplits(all, chosen, read),
  };
}

async function readFile(
  tree: FileTree,
  { file, form }: Pick<PairFile, 'file' | 'form'>,
  chosen: PairColumns | undefined,
  digests: string[],
): Promise<ReadPairs> {
  if (form === 'tok' || form === 'feats') {
    const labels = await labelsBeside(tree, file);
    const result = await (form === 'tok' ? readTok(file, labels) : readFeats(file, labels));
    digests.push(`${file.path} ${result.digest}`);
    if (labels !== undefined) digests.push(`${labels.file} ${labels.digest}`);
    return result;
  }
  const reader = { json: readJsonl, tab: readTable, csv: readCsv }[form];
  const result = await reader(file, chosen);
  digests.push(`${file.path} ${result.digest}`, `columns ${columnsText(result.columns)}`);
  return result;
}

function columnsText(columns: PairColumns | null): string {
  if (columns === null) return '';
  return JSON.stringify([columns.premise, columns.hypothesis, columns.gold, columns.prediction]);
}

/** Pairs of several files, named so that they can be told apart. */
function inSplit(pairs: readonly SourcePair[], split: string): SourcePair[] {
  return pairs.map((pair) => ({ ...pair, name: `${split}, ${pair.name}` }));
}

function surveySplits(
  all: readonly NamedFile[],
  chosen: readonly NamedFile[],
  read: readonly ReadPairs[],
): Promise<SplitSurvey[]> {
  return Promise.all(
    all.map(async (file): Promise<SplitSurvey> => {
      const at = chosen.indexOf(file);
      const samples = at < 0 ? await countPairs(file) : read[at].pairs.length;
      return { name: file.split, samples, chosen: at >= 0 };
    }),
  );
}

function asideNotes(aside: readonly PairFile[], kept: readonly PairFile[]): string[] {
  return aside.map(({ file, stem }) => {
    const other = kept.find((candidate) => candidate.stem === stem)?.file.path ?? '';
    return `${file.path} was left aside: ${other} has the same name and is read.`;
  });
}

function choiceNotes(
  all: readonly NamedFile[],
  chosen: readonly NamedFile[],
  wanted: readonly string[] | undefined,
): string[] {
  const left = all.filter((file) => !chosen.includes(file)).map(({ file }) => file.path);
  const unknown = (wanted ?? []).filter((name) => !all.some(({ split, stem }) => split === name || stem === name));
  return [
    ...(left.length > 0
      ? [`Read is ${chosen.map(({ file }) => file.path).join(', ')}; not chosen: ${left.join(', ')}.`]
      : []),
    ...(unknown.length > 0 ? [`There is no split ${unknown.join(', ')}.`] : []),
  ];
}

function hasPictures({ files }: FileTree): boolean {
  for (const path of files.keys()) if (isPicture(path)) return true;
  return false;
}
