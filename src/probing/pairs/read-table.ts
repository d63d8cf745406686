import type { TreeFile } from '../file-tree.ts';
import type { PairColumns } from './pair-options.ts';
import { readLines } from './read-lines.ts';
import { layoutName, type ReadPairs } from './read-pairs.ts';
import { TableRows } from './table-rows.ts';

/**
 * Reads sentence pairs from a table whose columns are separated by tabs (`.tsv`, `.txt`), as SNLI, MultiNLI and GLUE are distributed: a row is a
 * line, and double quotes are text.
 *
 * @throws Fault naming file and row
 */
export async function readTable(file: TreeFile, chosen: PairColumns | undefined): Promise<ReadPairs> {
  const rows = new TableRows(file.path, chosen);
  const digest = await readLines(file, (line, number) => {
    rows.add(line.split('\t'), number);
  });
  const read = await rows.finish();
  const notes = [...read.notes, ...quotesNote(file.path, rows.quoted)];
  return { ...read, layout: layoutName(read.found, 'tab-separated'), digest, notes };
}

function quotesNote(file: string, quoted: number): string[] {
  if (quoted === 0) return [];
  const sentences = quoted === 1 ? '1 sentence stands' : `${quoted} sentences stand`;
  return [
    `${file}: ${sentences} in double quotes, which are text in a tab-separated file. If a program added them, save the table as .csv.`,
  ];
}
