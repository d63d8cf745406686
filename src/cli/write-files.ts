import { join } from 'node:path';
import { writeArrowCells } from '../engine/interchange/arrow.ts';
import type { CellFileInfo } from '../engine/interchange/cell-file.ts';
import type { CountedCells } from '../engine/interchange/counted-cells.ts';
import { writeParquetCells } from '../engine/interchange/write-parquet.ts';
import { explanationsJson } from '../engine/results/explanations-json.ts';
import type { LayerResults } from '../engine/results/layer-results.ts';
import { tallyCsv } from '../engine/results/tally.ts';
import { isArrowPath } from './cells-path.ts';
import { writeWhole } from './write-whole.ts';

/**
 * Writes the table and the JSON of results into a folder, made if need be.
 *
 * @param resultTable result.csv, where there is one
 * @returns the paths written
 */
export async function writeResults(
  results: LayerResults,
  folder: string,
  resultTable?: string,
): Promise<readonly string[]> {
  const { activations } = results;
  const layer = activations.kind === 'model' ? activations.layer.replaceAll(/[^\w.-]+/g, '_') : undefined;
  const table = join(folder, layer === undefined ? 'tally.csv' : `tally_${layer}.csv`);
  const json = join(folder, 'explanations.json');
  await writeWhole(table, tallyCsv(results));
  await writeWhole(json, explanationsJson(results));
  if (resultTable === undefined) return [table, json];
  const result = join(folder, 'result.csv');
  await writeWhole(result, resultTable);
  return [table, json, result];
}

/** Writes counted cells, as Arrow where the name says so, else as Parquet. */
export async function writeCells(path: string, counted: CountedCells, info: CellFileInfo): Promise<void> {
  await writeWhole(
    path,
    isArrowPath(path) ? await writeArrowCells(counted, info) : await writeParquetCells(counted, info),
  );
}
